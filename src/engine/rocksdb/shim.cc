/* SPDX-License-Identifier: Apache-2.0 */

/*
 * RocksDB behind plain C functions (shim.h). What stands here is translation and the table of options; decisions about
 * groups, stamps, failure and recovery are made in C, next door.
 *
 * Files: every create, write, sync, rename and delete passes a thin file system of ours. It tells the hook before it
 * acts, so that tests can count, refuse and record; and it is the one place that sees which call failed: after a failed
 * sync nobody knows what the disk holds, so that one ends the process instead of becoming a status.
 *
 * Log: RocksDB's own goes to the server's log. With a LOG file on a full disk Debian's library aborts.
 *
 * No exception leaves a function of this file: RocksDB throws none, and memory that is not there ends the process.
 */
#include "engine/rocksdb/manifest.h"
#include "engine/rocksdb/shim.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include <rocksdb/advanced_options.h>
#include <rocksdb/cache.h>
#include <rocksdb/compaction_filter.h>
#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/file_system.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/options.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>
#include <rocksdb/write_buffer_manager.h>

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;
using rocksdb::Status;

/* ---- status ---- */

static enum shim_code code_of(const Status &s)
{
    if (s.ok())
        return SHIM_OK;
    if (s.IsNotFound())
        return SHIM_ABSENT;
    if (s.IsIncomplete())
        return SHIM_MISS;
    if (s.IsNoSpace())
        return SHIM_NO_SPACE;
    if (s.IsCorruption())
        return SHIM_CORRUPT;
    if (s.IsIOError())
        return SHIM_IO;
    if (s.IsNotSupported() || s.IsInvalidArgument())
        return SHIM_VERSION;
    return SHIM_OTHER;
}

static enum shim_code status_set(struct shim_status *status, const Status &s)
{
    status->code = code_of(s);
    status->subcode = s.subcode();
    status->severity = s.severity();
    status->in_part = false;
    status->text[0] = 0;
    if (status->code >= SHIM_CORRUPT) /* absent and missed are everyday answers */
        (void)snprintf(status->text, sizeof(status->text), "%s", s.ToString().c_str());
    return status->code;
}

static Slice slice_of(const void *p, size_t n)
{
    return n == 0 ? Slice() : Slice(static_cast<const char *>(p), n);
}

/* ---- files ---- */

namespace
{

class Watch
{
  public:
    explicit Watch(const shim_hooks &hooks) : hooks_(hooks)
    {
    }

    IOStatus before(enum shim_file_act act, const std::string &path, const char *to, const void *bytes, size_t n) const
    {
        int e = hooks_.file == nullptr ? 0 : hooks_.file(hooks_.context, act, path.c_str(), to, bytes, n);

        if (e == 0)
            return IOStatus::OK();
        if (e == ENOSPC)
            return IOStatus::NoSpace(path, strerror(e));
        return IOStatus::IOError(path, strerror(e));
    }

    /* A write that failed before any sync can be tried again in another file: unless told so, RocksDB stays read-only
     * until it is opened anew. */
    static IOStatus append_result(IOStatus s)
    {
        if (!s.ok())
            s.SetRetryable(true);
        return s;
    }

    void tell(const char *event, const std::string &text) const
    {
        hooks_.log(hooks_.context, event, text.c_str());
    }

    IOStatus sync_result(const std::string &path, IOStatus s) const
    {
        if (!s.ok() && !s.IsNotSupported())
            hooks_.sync_failed(hooks_.context, path.c_str(), s.ToString().c_str());
        return s;
    }

  private:
    shim_hooks hooks_;
};

bool is_manifest(const std::string &path)
{
    size_t slash = path.rfind('/');

    return path.compare(slash == std::string::npos ? 0 : slash + 1, 9, "MANIFEST-") == 0;
}

/* A manifest, or what tells which one is the present one. */
bool is_of_manifest(const std::string &path)
{
    return is_manifest(path) || path.find("CURRENT") != std::string::npos ||
           (path.size() > 6 && path.compare(path.size() - 6, 6, ".dbtmp") == 0);
}

bool is_log(const std::string &path)
{
    return path.size() > 4 && path.compare(path.size() - 4, 4, ".log") == 0;
}

/* So far. */
struct Counts {
    std::atomic<uint64_t> logs{0};              /* that were begun */
    std::atomic<uint64_t> manifest_failures{0}; /* calls for a manifest that failed */
};

class WatchedFile : public rocksdb::FSWritableFileOwnerWrapper
{
  public:
    WatchedFile(
        std::unique_ptr<rocksdb::FSWritableFile> &&file, const std::string &path, const Watch &watch, Counts &counts)
        : FSWritableFileOwnerWrapper(std::move(file)), path_(path), watch_(watch), manifest_(is_manifest(path)),
          counts_(counts)
    {
    }

    IOStatus Close(const IOOptions &o, IODebugContext *d) override
    {
        return counted(FSWritableFileOwnerWrapper::Close(o, d));
    }

    IOStatus Append(const Slice &data, const IOOptions &o, IODebugContext *d) override
    {
        IOStatus s = watch_.before(SHIM_FILE_APPEND, path_, nullptr, data.data(), data.size());
        appended_ += data.size();
        return Watch::append_result(counted(s.ok() ? FSWritableFileOwnerWrapper::Append(data, o, d) : s));
    }

    IOStatus Append(
        const Slice &data, const IOOptions &o, const rocksdb::DataVerificationInfo &v, IODebugContext *d) override
    {
        IOStatus s = watch_.before(SHIM_FILE_APPEND, path_, nullptr, data.data(), data.size());
        appended_ += data.size();
        return Watch::append_result(counted(s.ok() ? FSWritableFileOwnerWrapper::Append(data, o, v, d) : s));
    }

    IOStatus Truncate(uint64_t size, const IOOptions &o, IODebugContext *d) override
    {
        IOStatus s = watch_.before(SHIM_FILE_TRUNCATE, path_, nullptr, nullptr, size);
        return counted(s.ok() ? FSWritableFileOwnerWrapper::Truncate(size, o, d) : s);
    }

    IOStatus Sync(const IOOptions &o, IODebugContext *d) override
    {
        IOStatus s = watch_.before(SHIM_FILE_SYNC, path_, nullptr, nullptr, 0);
        return synced(s.ok() ? FSWritableFileOwnerWrapper::Sync(o, d) : s);
    }

    IOStatus Fsync(const IOOptions &o, IODebugContext *d) override
    {
        IOStatus s = watch_.before(SHIM_FILE_SYNC, path_, nullptr, nullptr, 0);
        return synced(s.ok() ? FSWritableFileOwnerWrapper::Fsync(o, d) : s);
    }

  private:
    IOStatus counted(IOStatus s)
    {
        if (!s.ok() && is_of_manifest(path_))
            counts_.manifest_failures++;
        return s;
    }

    /* How far a manifest is on the disk is noted before RocksDB builds on it. A note that cannot be made is as bad as a
     * sync that failed. */
    IOStatus synced(IOStatus s)
    {
        int e = s.ok() && manifest_ ? manifest_mark(path_.c_str(), appended_) : 0;

        return watch_.sync_result(
            path_, e == 0 ? s : IOStatus::IOError("the note of how far it is synced", strerror(e)));
    }

    std::string path_;
    const Watch &watch_;
    bool manifest_;
    Counts &counts_;
    uint64_t appended_ = 0; /* from the beginning: no manifest is continued */
};

/* A manifest without the end that was never synced. */
class CutFile : public rocksdb::FSSequentialFileOwnerWrapper
{
  public:
    CutFile(std::unique_ptr<rocksdb::FSSequentialFile> &&file, uint64_t bytes)
        : FSSequentialFileOwnerWrapper(std::move(file)), left_(bytes)
    {
    }

    IOStatus Read(size_t n, const IOOptions &o, Slice *ret, char *scratch, IODebugContext *d) override
    {
        IOStatus s = FSSequentialFileOwnerWrapper::Read(n < left_ ? n : left_, o, ret, scratch, d);

        left_ -= s.ok() ? ret->size() : 0;
        return s;
    }

    IOStatus Skip(uint64_t n) override
    {
        uint64_t most = n < left_ ? n : left_;

        left_ -= most;
        return FSSequentialFileOwnerWrapper::Skip(most);
    }

  private:
    uint64_t left_;
};

class WatchedFolder : public rocksdb::FSDirectoryWrapper
{
  public:
    WatchedFolder(std::unique_ptr<rocksdb::FSDirectory> &&folder, const std::string &path, const Watch &watch)
        : FSDirectoryWrapper(std::move(folder)), path_(path), watch_(watch)
    {
    }

    IOStatus Fsync(const IOOptions &o, IODebugContext *d) override
    {
        IOStatus s = watch_.before(SHIM_FILE_SYNC_FOLDER, path_, nullptr, nullptr, 0);
        return watch_.sync_result(path_, s.ok() ? FSDirectoryWrapper::Fsync(o, d) : s);
    }

    /* The default file system skips some of these on some systems; the record then holds a sync too many at worst. */
    IOStatus FsyncWithDirOptions(
        const IOOptions &o, IODebugContext *d, const rocksdb::DirFsyncOptions &options) override
    {
        IOStatus s = watch_.before(SHIM_FILE_SYNC_FOLDER, path_, nullptr, nullptr, 0);
        return watch_.sync_result(path_, s.ok() ? FSDirectoryWrapper::FsyncWithDirOptions(o, d, options) : s);
    }

  private:
    std::string path_;
    const Watch &watch_;
};

class WatchedFiles : public rocksdb::FileSystemWrapper
{
  public:
    WatchedFiles(const shim_hooks &hooks, Counts &counts)
        : FileSystemWrapper(rocksdb::FileSystem::Default()), watch_(hooks), counts_(counts)
    {
    }

    const char *Name() const override
    {
        return "stator.files";
    }

    IOStatus NewWritableFile(const std::string &path, const rocksdb::FileOptions &o,
        std::unique_ptr<rocksdb::FSWritableFile> *ret, IODebugContext *d) override
    {
        IOStatus s = watch_.before(SHIM_FILE_CREATE, path, nullptr, nullptr, 0);

        s = wrap(s.ok() ? target_->NewWritableFile(path, o, ret, d) : s, path, ret);
        counts_.logs += is_log(path) ? 1 : 0;
        counts_.manifest_failures += !s.ok() && is_of_manifest(path) ? 1 : 0;
        return s;
    }

    IOStatus NewSequentialFile(const std::string &path, const rocksdb::FileOptions &o,
        std::unique_ptr<rocksdb::FSSequentialFile> *ret, IODebugContext *d) override
    {
        uint64_t bytes = is_manifest(path) ? manifest_readable(path.c_str()) : UINT64_MAX;
        IOStatus s = target_->NewSequentialFile(path, o, ret, d);

        if (s.ok() && bytes != UINT64_MAX) {
            watch_.tell("engine.torn_manifest", path + " ends in bytes that were never synced; they are not read");
            ret->reset(new CutFile(std::move(*ret), bytes));
        }
        return s;
    }

    IOStatus ReopenWritableFile(const std::string &path, const rocksdb::FileOptions &o,
        std::unique_ptr<rocksdb::FSWritableFile> *ret, IODebugContext *d) override
    {
        return wrap(target_->ReopenWritableFile(path, o, ret, d), path, ret);
    }

    IOStatus NewDirectory(const std::string &path, const IOOptions &o, std::unique_ptr<rocksdb::FSDirectory> *ret,
        IODebugContext *d) override
    {
        IOStatus s = target_->NewDirectory(path, o, ret, d);
        if (s.ok())
            ret->reset(new WatchedFolder(std::move(*ret), path, watch_));
        return s;
    }

    /* RocksDB syncs the folder after CURRENT has its new name only: were that name durable first, it would speak of a
     * manifest that has none. */
    IOStatus RenameFile(const std::string &from, const std::string &to, const IOOptions &o, IODebugContext *d) override
    {
        size_t slash = to.rfind('/');
        IOStatus s;

        if (slash != std::string::npos && to.compare(slash, std::string::npos, "/CURRENT") == 0)
            s = folder_sync(to.substr(0, slash), o, d);
        if (s.ok())
            s = watch_.before(SHIM_FILE_RENAME, from, to.c_str(), nullptr, 0);
        if (s.ok())
            s = target_->RenameFile(from, to, o, d);
        counts_.manifest_failures += !s.ok() && is_of_manifest(to) ? 1 : 0;
        return s;
    }

    IOStatus LinkFile(const std::string &from, const std::string &to, const IOOptions &o, IODebugContext *d) override
    {
        IOStatus s = watch_.before(SHIM_FILE_LINK, from, to.c_str(), nullptr, 0);
        return s.ok() ? target_->LinkFile(from, to, o, d) : s;
    }

    IOStatus DeleteFile(const std::string &path, const IOOptions &o, IODebugContext *d) override
    {
        IOStatus s = watch_.before(SHIM_FILE_DELETE, path, nullptr, nullptr, 0);
        return s.ok() ? target_->DeleteFile(path, o, d) : s;
    }

    IOStatus Truncate(const std::string &path, size_t size, const IOOptions &o, IODebugContext *d) override
    {
        IOStatus s = watch_.before(SHIM_FILE_TRUNCATE, path, nullptr, nullptr, size);
        return s.ok() ? target_->Truncate(path, size, o, d) : s;
    }

  private:
    IOStatus folder_sync(const std::string &path, const IOOptions &o, IODebugContext *d)
    {
        std::unique_ptr<rocksdb::FSDirectory> folder;
        IOStatus s = NewDirectory(path, o, &folder, d);

        if (s.ok())
            s = folder->FsyncWithDirOptions(o, d, rocksdb::DirFsyncOptions());
        return s;
    }

    IOStatus wrap(IOStatus s, const std::string &path, std::unique_ptr<rocksdb::FSWritableFile> *ret)
    {
        if (s.ok())
            ret->reset(new WatchedFile(std::move(*ret), path, watch_, counts_));
        return s;
    }

    Watch watch_;
    Counts &counts_;
};

/* ---- log and events ---- */

class Log : public rocksdb::Logger
{
  public:
    explicit Log(const shim_hooks &hooks) : Logger(rocksdb::InfoLogLevel::WARN_LEVEL), hooks_(hooks)
    {
    }

    using Logger::Logv;
    void Logv(const rocksdb::InfoLogLevel level, const char *format, va_list arguments) override
    {
        char text[1024];

        if (level < GetInfoLogLevel() || level == rocksdb::InfoLogLevel::HEADER_LEVEL)
            return;
        (void)vsnprintf(text, sizeof(text), format, arguments);
        hooks_.log(hooks_.context, "engine.rocksdb", text);
    }

    void LogHeader(const char *, va_list) override
    {
    }

  private:
    shim_hooks hooks_;
};

struct Background {
    std::atomic<uint64_t> flushes{0}, flushed_bytes{0}, compactions{0}, compaction_in_bytes{0}, compaction_out_bytes{0},
        compaction_us{0}, slowdowns{0}, stops{0};
};

class Events : public rocksdb::EventListener
{
  public:
    Events(const shim_hooks &hooks, Background &background) : hooks_(hooks), background_(background)
    {
    }

    void OnFlushCompleted(rocksdb::DB *, const rocksdb::FlushJobInfo &info) override
    {
        background_.flushes++;
        background_.flushed_bytes +=
            info.table_properties.data_size + info.table_properties.index_size + info.table_properties.filter_size;
    }

    void OnCompactionCompleted(rocksdb::DB *, const rocksdb::CompactionJobInfo &info) override
    {
        background_.compactions++;
        background_.compaction_in_bytes += info.stats.total_input_bytes;
        background_.compaction_out_bytes += info.stats.total_output_bytes;
        background_.compaction_us += info.stats.elapsed_micros;
    }

    void OnBackgroundError(rocksdb::BackgroundErrorReason, Status *error) override
    {
        hooks_.log(hooks_.context, "engine.background_error", error->ToString().c_str());
        hooks_.background_error(hooks_.context);
    }

    void OnErrorRecoveryCompleted(Status old) override
    {
        hooks_.log(hooks_.context, "engine.recovered", old.ToString().c_str());
    }

    void OnStallConditionsChanged(const rocksdb::WriteStallInfo &info) override
    {
        static const char *const names[] = {"writes are slowed down", "writes are stopped", "writes run freely"};
        std::string text = "family=" + info.cf_name + " " + names[std::min(2, static_cast<int>(info.condition.cur))];

        hooks_.log(hooks_.context, "engine.stall", text.c_str());
        background_.slowdowns += info.condition.cur == rocksdb::WriteStallCondition::kDelayed;
        background_.stops += info.condition.cur == rocksdb::WriteStallCondition::kStopped;
    }

  private:
    shim_hooks hooks_;
    Background &background_;
};

/* ---- garbage ---- */

class DeadFilter : public rocksdb::CompactionFilter
{
  public:
    DeadFilter(const shim_hooks &hooks, const void *dead) : hooks_(hooks), dead_(dead)
    {
    }

    ~DeadFilter() override
    {
        hooks_.dead_release(hooks_.context, dead_);
    }

    const char *Name() const override
    {
        return "stator.dead";
    }

    bool Filter(int, const Slice &key, const Slice &, std::string *, bool *) const override
    {
        return hooks_.dead_has(dead_, reinterpret_cast<const uint8_t *>(key.data()), key.size());
    }

  private:
    shim_hooks hooks_;
    const void *dead_;
};

class DeadFilters : public rocksdb::CompactionFilterFactory
{
  public:
    DeadFilters(const shim_hooks &hooks, uint32_t family) : hooks_(hooks), family_(family)
    {
    }

    const char *Name() const override
    {
        return "stator.dead";
    }

    std::unique_ptr<rocksdb::CompactionFilter> CreateCompactionFilter(
        const rocksdb::CompactionFilter::Context &) override
    {
        const void *dead = hooks_.dead_acquire == nullptr ? nullptr : hooks_.dead_acquire(hooks_.context, family_);

        if (dead == nullptr)
            return nullptr;
        return std::unique_ptr<rocksdb::CompactionFilter>(new DeadFilter(hooks_, dead));
    }

  private:
    shim_hooks hooks_;
    uint32_t family_;
};

/* ---- the row cache ---- */

/* Large values would push out hundreds of small ones to save one copy from the block cache: they are not taken in. */
#define ROW_BYTES_MAX (8u << 10)

class RowCache : public rocksdb::Cache
{
  public:
    explicit RowCache(size_t bytes) : target_(rocksdb::NewLRUCache(bytes))
    {
    }

    const char *Name() const override
    {
        return "stator.rows";
    }

    using Cache::Insert;
    using Cache::Lookup;
    using Cache::Release;

    Status Insert(
        const Slice &key, void *value, size_t charge, DeleterFn deleter, Handle **handle, Priority priority) override
    {
        if (charge <= ROW_BYTES_MAX || handle != nullptr)
            return target_->Insert(key, value, charge, deleter, handle, priority);
        deleter(key, value);
        return Status::OK();
    }

    Handle *Lookup(const Slice &key, rocksdb::Statistics *statistics) override
    {
        return target_->Lookup(key, statistics);
    }

    bool Ref(Handle *handle) override
    {
        return target_->Ref(handle);
    }

    bool Release(Handle *handle, bool erase) override
    {
        return target_->Release(handle, erase);
    }

    void *Value(Handle *handle) override
    {
        return target_->Value(handle);
    }

    void Erase(const Slice &key) override
    {
        target_->Erase(key);
    }

    uint64_t NewId() override
    {
        return target_->NewId();
    }

    void SetCapacity(size_t bytes) override
    {
        target_->SetCapacity(bytes);
    }

    void SetStrictCapacityLimit(bool strict) override
    {
        target_->SetStrictCapacityLimit(strict);
    }

    bool HasStrictCapacityLimit() const override
    {
        return target_->HasStrictCapacityLimit();
    }

    size_t GetCapacity() const override
    {
        return target_->GetCapacity();
    }

    size_t GetUsage() const override
    {
        return target_->GetUsage();
    }

    size_t GetUsage(Handle *handle) const override
    {
        return target_->GetUsage(handle);
    }

    size_t GetPinnedUsage() const override
    {
        return target_->GetPinnedUsage();
    }

    size_t GetCharge(Handle *handle) const override
    {
        return target_->GetCharge(handle);
    }

    DeleterFn GetDeleter(Handle *handle) const override
    {
        return target_->GetDeleter(handle);
    }

    void ApplyToAllEntries(
        const std::function<void(const Slice &key, void *value, size_t charge, DeleterFn deleter)> &callback,
        const ApplyToAllEntriesOptions &options) override
    {
        target_->ApplyToAllEntries(callback, options);
    }

    void EraseUnRefEntries() override
    {
        target_->EraseUnRefEntries();
    }

  private:
    std::shared_ptr<rocksdb::Cache> target_;
};

} // namespace

/* ---- options ---- */

struct shim_db {
    std::unique_ptr<rocksdb::Env> env; /* destroyed last */
    Counts counts;
    Background background; /* of listeners, which end with the database */
    uint64_t logs_written; /* of the logs, before the last write that succeeded began */
    std::shared_ptr<rocksdb::Cache> block_cache, row_cache;
    std::unique_ptr<rocksdb::DB> db;
    std::vector<rocksdb::ColumnFamilyHandle *> families; /* ours, then RocksDB's own "default", which stays empty */
    bool read_only;
};

static const char *const family_names[SHIM_FAMILIES] = {"data", "log", "history", "meta"};

#define ARENA_BLOCK_BYTES ((size_t)256 << 10)
#define OPEN_FILES_MAX    1000

static rocksdb::DBOptions database_options(const struct shim_options *o, shim_db *db)
{
    rocksdb::DBOptions r;

    r.create_if_missing = true;
    r.create_missing_column_families = true;
    r.env = db->env.get();
    r.info_log = std::make_shared<Log>(o->hooks);
    r.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
    r.listeners.push_back(std::make_shared<Events>(o->hooks, db->background));
    /* integrity */
    r.paranoid_checks = true;
    r.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords; /* docs/formats/wal.md */
    r.recycle_log_file_num = 0;
    r.track_and_verify_wals_in_manifest = true;
    r.verify_sst_unique_id_in_manifest = true;
    r.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
    /* bounds */
    r.max_total_wal_size = o->wal_bytes_max;
    r.write_buffer_manager = std::make_shared<rocksdb::WriteBufferManager>(o->write_buffer_bytes);
    r.max_open_files = OPEN_FILES_MAX;
    r.max_background_jobs = 3;
    r.max_manifest_file_size = 64u << 20;
    r.bytes_per_sync = 1u << 20;
    if (o->row_cache_bytes != 0)
        r.row_cache = db->row_cache;
    /* one writer, the committer: no need to queue writers cleverly */
    r.allow_concurrent_memtable_write = false;
    r.enable_write_thread_adaptive_yield = false;
    r.avoid_unnecessary_blocking_io = true; /* iterators end on fibers */
    /* The engine resumes by itself (commit.c, keeper.c). RocksDB's own attempts run in a thread that Close may wait for
     * without end. */
    r.max_bgerror_resume_count = 0;
    /* a quick, quiet start */
    r.skip_stats_update_on_db_open = true;
    r.stats_dump_period_sec = 0;
    r.stats_persist_period_sec = 0;
    return r;
}

static rocksdb::BlockBasedTableOptions table_options(const shim_db *db)
{
    rocksdb::BlockBasedTableOptions r;

    r.block_cache = db->block_cache;
    r.block_size = 8u << 10;
    r.format_version = 5;
    r.checksum = rocksdb::ChecksumType::kXXH3;
    r.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    r.whole_key_filtering = true;
    r.data_block_index_type = rocksdb::BlockBasedTableOptions::kDataBlockBinaryAndHash;
    r.cache_index_and_filter_blocks = true; /* so that they count against the memory given */
    r.cache_index_and_filter_blocks_with_high_priority = true;
    r.pin_l0_filter_and_index_blocks_in_cache = true;
    return r;
}

static rocksdb::CompressionType compression(void)
{
    for (rocksdb::CompressionType type : rocksdb::GetSupportedCompressions())
        if (type == rocksdb::kLZ4Compression)
            return type;
    return rocksdb::kNoCompression;
}

static rocksdb::ColumnFamilyOptions family_options(const struct shim_options *o, const shim_db *db)
{
    rocksdb::ColumnFamilyOptions r;
    rocksdb::CompressionType type = compression();

    r.write_buffer_size = std::max(o->write_buffer_bytes / 2, (size_t)1 << 20);
    r.max_write_buffer_number = 4;
    r.arena_block_size = std::min(ARENA_BLOCK_BYTES, r.write_buffer_size / 8);
    r.level_compaction_dynamic_level_bytes = true;
    r.force_consistency_checks = true;
    /* What was just written is read and rewritten soonest: compressing it is wasted. */
    r.compression_per_level = {rocksdb::kNoCompression, rocksdb::kNoCompression, type, type, type, type, type};
    r.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(db)));
    return r;
}

static std::vector<rocksdb::ColumnFamilyDescriptor> family_descriptors(const struct shim_options *o, const shim_db *db)
{
    std::vector<rocksdb::ColumnFamilyDescriptor> r;
    rocksdb::ColumnFamilyOptions family = family_options(o, db);

    for (const char *name : family_names)
        r.emplace_back(name, family);
    r.emplace_back(rocksdb::kDefaultColumnFamilyName, family);
    for (uint32_t dropped = 0; dropped < 2; dropped++) /* data and log */
        r[dropped].options.compaction_filter_factory = std::make_shared<DeadFilters>(o->hooks, dropped);
    r[0].options.memtable_whole_key_filtering = true;
    r[0].options.memtable_prefix_bloom_size_ratio = 0.02;
    return r;
}

/* ---- life ---- */

/* Operations of a batch name families by number: RocksDB's own is 0, ours follow in the order they were made. */
static bool families_in_order(const shim_db *db)
{
    for (uint32_t i = 0; i < SHIM_FAMILIES; i++)
        if (db->families[i]->GetID() != i + 1)
            return false;
    return true;
}

extern "C" void shim_open(const struct shim_options *o, struct shim_db **ret, struct shim_status *status)
{
    std::unique_ptr<shim_db> db(new shim_db());
    rocksdb::DB *raw = nullptr;
    Status s;

    db->env = rocksdb::NewCompositeEnv(std::make_shared<WatchedFiles>(o->hooks, db->counts));
    db->block_cache = rocksdb::NewLRUCache(o->block_cache_bytes, -1, false, 0.3);
    db->row_cache = std::make_shared<RowCache>(o->row_cache_bytes);
    db->read_only = o->read_only;
    if (o->read_only)
        s = rocksdb::DB::OpenForReadOnly(
            database_options(o, db.get()), o->path, family_descriptors(o, db.get()), &db->families, &raw);
    else
        s = rocksdb::DB::Open(
            database_options(o, db.get()), o->path, family_descriptors(o, db.get()), &db->families, &raw);
    db->db.reset(raw);
    db->logs_written = db->counts.logs;
    if (s.ok() && !families_in_order(db.get()))
        s = Status::NotSupported("the column families are not those of this server");
    if (status_set(status, s) == SHIM_OK)
        *ret = db.release();
}

extern "C" void shim_close(struct shim_db *handle, struct shim_status *status)
{
    std::unique_ptr<shim_db> db(handle);
    Status s;

    if (!db->read_only)
        shim_flush(handle, status);
    else
        status_set(status, Status::OK());
    for (rocksdb::ColumnFamilyHandle *family : db->families)
        (void)db->db->DestroyColumnFamilyHandle(family);
    s = db->db->Close();
    if (status->code == SHIM_OK)
        status_set(status, s);
}

/* ---- writes ---- */

#define BATCH_HEAD_BYTES 12 /* sequence number (8), operations (4) */

/*
 * RocksDB 7.8, at the first write behind a new log: the batch is in the log and in memory when it notes in its manifest
 * that the old log is closed. When that fails, so does the write, and its sequence numbers are given to the next one,
 * which shows as many of the entries as it has itself. So a failure of such a write counts as that when something
 * failed about the manifest meanwhile, whoever did it: RocksDB lets one thread write for several.
 */
extern "C" void shim_write(struct shim_db *db, const struct shim_bytes *parts, uint32_t parts_count, uint32_t count,
    bool sync, struct shim_status *status)
{
    rocksdb::WriteOptions options;
    size_t total = BATCH_HEAD_BYTES;
    std::string rep;
    uint64_t begun, failures;

    for (uint32_t i = 0; i < parts_count; i++)
        total += parts[i].n;
    rep.reserve(total);
    rep.append(8, 0); /* the sequence number, RocksDB's to fill in */
    for (int i = 0; i < 4; i++)
        rep.push_back(static_cast<char>(count >> (8 * i)));
    for (uint32_t i = 0; i < parts_count; i++)
        rep.append(static_cast<const char *>(parts[i].p), parts[i].n);
    options.sync = sync;
    rocksdb::WriteBatch batch(std::move(rep));
    begun = db->counts.logs;
    failures = db->counts.manifest_failures;
    if (status_set(status, db->db->Write(options, &batch)) == SHIM_OK)
        db->logs_written = begun;
    else
        status->in_part = sync && db->counts.logs != db->logs_written && db->counts.manifest_failures != failures;
}

extern "C" void shim_resume(struct shim_db *db, struct shim_status *status)
{
    if (status_set(status, db->db->Resume()) == SHIM_OK)
        shim_mark(db, status);
}

extern "C" void shim_mark(struct shim_db *db, struct shim_status *status)
{
    rocksdb::ColumnFamilyHandle *own = db->families.back();
    rocksdb::WriteOptions past_the_log;
    uint64_t entries = 0;

    past_the_log.disableWAL = true;
    if (db->db->GetIntProperty(own, rocksdb::DB::Properties::kNumEntriesActiveMemTable, &entries) && entries != 0)
        status_set(status, Status::OK());
    else
        status_set(status, db->db->Put(past_the_log, own, "mark", ""));
}

extern "C" void shim_nudge(struct shim_db *db, struct shim_status *status)
{
    rocksdb::FlushOptions options;

    options.wait = false;
    options.allow_write_stall = true;
    status_set(status, db->db->Flush(options, db->families));
}

extern "C" void shim_flush(struct shim_db *db, struct shim_status *status)
{
    rocksdb::FlushOptions options;

    options.wait = true;
    options.allow_write_stall = true;
    status_set(status, db->db->Flush(options, db->families));
}

#define BATCH_PUT    0x5 /* RocksDB's kTypeColumnFamilyValue */
#define BATCH_DELETE 0x4 /* kTypeColumnFamilyDeletion */

static uint8_t *varint_put(uint8_t *to, size_t n)
{
    for (; n >= 128; n >>= 7)
        *to++ = static_cast<uint8_t>(n | 128);
    *to++ = static_cast<uint8_t>(n);
    return to;
}

static uint8_t *bytes_put(uint8_t *to, const void *p, size_t n, uint8_t **ret_copy)
{
    to = varint_put(to, n);
    *ret_copy = to;
    if (n != 0)
        memcpy(to, p, n);
    return to + n;
}

static uint8_t *head_put(uint8_t *to, uint8_t type, uint32_t family)
{
    *to++ = type;
    *to++ = static_cast<uint8_t>(family + 1);
    return to;
}

extern "C" uint8_t *shim_batch_put(uint8_t *to, uint32_t family, const void *key, size_t key_bytes, const void *value,
    size_t value_bytes, uint8_t **ret_key, uint8_t **ret_value)
{
    to = bytes_put(head_put(to, BATCH_PUT, family), key, key_bytes, ret_key);
    return bytes_put(to, value, value_bytes, ret_value);
}

extern "C" uint8_t *shim_batch_delete(
    uint8_t *to, uint32_t family, const void *key, size_t key_bytes, uint8_t **ret_key)
{
    return bytes_put(head_put(to, BATCH_DELETE, family), key, key_bytes, ret_key);
}

/* ---- reads ---- */

static rocksdb::ReadOptions read_options(bool cached)
{
    rocksdb::ReadOptions r;

    r.read_tier = cached ? rocksdb::kBlockCacheTier : rocksdb::kReadAllTier;
    return r;
}

extern "C" enum shim_code shim_get(struct shim_db *db, uint32_t family, const void *key, size_t n, bool cached,
    const struct shim_snapshot *snapshot, shim_place_fn *place, void *context, struct shim_status *status)
{
    rocksdb::ReadOptions options = read_options(cached);
    rocksdb::PinnableSlice value;
    Status s;

    options.snapshot = reinterpret_cast<const rocksdb::Snapshot *>(snapshot);
    s = db->db->Get(options, db->families[family], slice_of(key, n), &value);
    if (!s.ok())
        return status_set(status, s);
    /* With a table file that is not open the cached read says "found", with no value. No value of ours is empty but in
     * the log, where a look at the disk costs little. */
    if (cached && value.size() == 0)
        return SHIM_MISS;
    memcpy(place(context, value.size()), value.data(), value.size());
    return SHIM_OK;
}

extern "C" uint64_t shim_sequence(struct shim_db *db)
{
    return db->db->GetLatestSequenceNumber();
}

extern "C" const struct shim_snapshot *shim_snapshot_take(struct shim_db *db)
{
    return reinterpret_cast<const struct shim_snapshot *>(db->db->GetSnapshot());
}

extern "C" void shim_snapshot_release(struct shim_db *db, const struct shim_snapshot *snapshot)
{
    db->db->ReleaseSnapshot(reinterpret_cast<const rocksdb::Snapshot *>(snapshot));
}

struct shim_iter {
    std::string from, to;
    Slice lower, upper; /* of the strings; the iterator keeps pointers to these */
    std::unique_ptr<rocksdb::Iterator> it;
    bool reverse;
};

extern "C" struct shim_iter *shim_iter_create(struct shim_db *db, uint32_t family, const void *from, size_t from_bytes,
    const void *to, size_t to_bytes, bool reverse, bool cached)
{
    rocksdb::ReadOptions options = read_options(cached);
    shim_iter *iter = new shim_iter();

    iter->from = slice_of(from, from_bytes).ToString();
    iter->to = slice_of(to, to_bytes).ToString();
    iter->lower = iter->from;
    iter->upper = iter->to;
    iter->reverse = reverse;
    if (from_bytes != 0)
        options.iterate_lower_bound = &iter->lower;
    if (to_bytes != 0)
        options.iterate_upper_bound = &iter->upper;
    iter->it.reset(db->db->NewIterator(options, db->families[family]));
    if (reverse)
        iter->it->SeekToLast();
    else
        iter->it->Seek(iter->lower);
    return iter;
}

extern "C" void shim_iter_destroy(struct shim_iter *iter)
{
    delete iter;
}

static void fill_entry(struct shim_fill *fill, const Slice &key, const Slice &value)
{
    memcpy(fill->to, key.data(), key.size());
    memcpy(fill->to + key.size(), value.data(), value.size());
    fill->key_bytes[fill->entries] = static_cast<uint32_t>(key.size());
    fill->value_bytes[fill->entries] = static_cast<uint32_t>(value.size());
    fill->to += key.size() + value.size();
    fill->to_bytes -= key.size() + value.size();
    fill->bytes += key.size() + value.size();
    fill->entries++;
}

extern "C" enum shim_code shim_iter_fill(struct shim_iter *iter, struct shim_fill *fill, struct shim_status *status)
{
    rocksdb::Iterator *it = iter->it.get();

    fill->entries = 0;
    fill->bytes = 0;
    fill->need = 0;
    fill->end = false;
    while (it->Valid()) {
        Slice key = it->key(), value = it->value();

        if (fill->entries == fill->entries_max || fill->bytes >= fill->bytes_max)
            return SHIM_OK;
        if (key.size() + value.size() > fill->to_bytes) {
            fill->need = key.size() + value.size();
            return SHIM_OK;
        }
        fill_entry(fill, key, value);
        if (iter->reverse)
            it->Prev();
        else
            it->Next();
    }
    fill->end = it->status().ok();
    return fill->end ? SHIM_OK : status_set(status, it->status());
}

/* ---- garbage ---- */

extern "C" void shim_delete_files(struct shim_db *db, uint32_t family, const void *from, size_t from_bytes,
    const void *to, size_t to_bytes, struct shim_status *status)
{
    Slice lower = slice_of(from, from_bytes), upper = slice_of(to, to_bytes);

    status_set(status, rocksdb::DeleteFilesInRange(
                           db->db.get(), db->families[family], &lower, to_bytes == 0 ? nullptr : &upper, false));
}

extern "C" void shim_compact(struct shim_db *db, uint32_t family, const void *from, size_t from_bytes, const void *to,
    size_t to_bytes, struct shim_status *status)
{
    Slice lower = slice_of(from, from_bytes), upper = slice_of(to, to_bytes);
    rocksdb::CompactRangeOptions options;

    options.exclusive_manual_compaction = false;
    options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
    status_set(status, db->db->CompactRange(options, db->families[family], &lower, to_bytes == 0 ? nullptr : &upper));
}

extern "C" void shim_compact_cancel(struct shim_db *db)
{
    db->db->DisableManualCompaction();
}

/* ---- figures ---- */

extern "C" bool shim_property(struct shim_db *db, const char *name, uint64_t *ret)
{
    return db->db->GetAggregatedIntProperty(name, ret);
}

extern "C" size_t shim_block_cache_bytes(struct shim_db *db)
{
    return db->block_cache->GetUsage();
}

extern "C" size_t shim_row_cache_bytes(struct shim_db *db)
{
    return db->row_cache->GetUsage();
}

extern "C" void shim_background(const struct shim_db *db, struct shim_background *ret)
{
    const Background &seen = db->background;

    *ret = {seen.flushes, seen.flushed_bytes, seen.compactions, seen.compaction_in_bytes, seen.compaction_out_bytes,
        seen.compaction_us, seen.slowdowns, seen.stops};
}

/* ---- copies ---- */

/* The first `size` bytes of a file, or all of them. */
static IOStatus bytes_copy(int from, int to, uint64_t size)
{
    std::vector<char> block(1 << 20);

    while (size != 0) {
        ssize_t n = ::read(from, block.data(), std::min<uint64_t>(size, block.size()));

        if (n < 0 || (n > 0 && ::write(to, block.data(), static_cast<size_t>(n)) != n))
            return IOStatus::IOError(strerror(errno));
        if (n == 0)
            return IOStatus::IOError("a file is shorter than it was");
        size -= static_cast<uint64_t>(n);
    }
    return ::fsync(to) == 0 ? IOStatus::OK() : IOStatus::IOError(strerror(errno));
}

static IOStatus file_copy(const std::string &from, const std::string &to, uint64_t size)
{
    int source = ::open(from.c_str(), O_RDONLY | O_CLOEXEC);
    int target = source < 0 ? -1 : ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    IOStatus s = target < 0 ? IOStatus::IOError(to, strerror(errno)) : bytes_copy(source, target, size);

    if (source >= 0)
        ::close(source);
    if (target >= 0)
        ::close(target);
    return s;
}

static IOStatus text_write(const std::string &text, const std::string &to)
{
    int target = ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool written = target >= 0 && ::write(target, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                   ::fsync(target) == 0;
    IOStatus s = written ? IOStatus::OK() : IOStatus::IOError(to, strerror(errno));

    if (target >= 0)
        ::close(target);
    return s;
}

static IOStatus folder_sync(const char *path)
{
    int folder = ::open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    IOStatus s = folder >= 0 && ::fsync(folder) == 0 ? IOStatus::OK() : IOStatus::IOError(path, strerror(errno));

    if (folder >= 0)
        ::close(folder);
    return s;
}

static IOStatus live_file_copy(const rocksdb::LiveFileStorageInfo &file, const std::string &to, shim_copied *ret)
{
    std::string from = file.directory + "/" + file.relative_filename;

    ret->files++;
    if (!file.replacement_contents.empty())
        return text_write(file.replacement_contents, to);
    if (file.file_type == rocksdb::kTableFile && ::link(from.c_str(), to.c_str()) == 0) {
        ret->linked_bytes += file.size;
        return IOStatus::OK();
    }
    ret->copied_bytes += file.size;
    return file_copy(from, to, file.size);
}

extern "C" void shim_copy(struct shim_db *db, const char *to, struct shim_copied *ret, struct shim_status *status)
{
    rocksdb::LiveFilesStorageInfoOptions options;
    std::vector<rocksdb::LiveFileStorageInfo> files;
    Status s = db->db->DisableFileDeletions();

    *ret = {0, 0, 0};
    options.wal_size_for_flush = 0; /* always: what is in the log alone would make the next start long */
    if (s.ok())
        s = db->db->GetLiveFilesStorageInfo(options, &files);
    for (size_t i = 0; s.ok() && i < files.size(); i++)
        s = live_file_copy(files[i], std::string(to) + "/" + files[i].relative_filename, ret);
    if (s.ok())
        s = folder_sync(to);
    db->db->EnableFileDeletions(false).PermitUncheckedError(); /* deletes what waited; a failure leaves it there */
    status_set(status, s);
}
