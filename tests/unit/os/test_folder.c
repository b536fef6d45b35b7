/* SPDX-License-Identifier: Apache-2.0 */

/* Folders are made with those above them, stay when they exist, and a name in the way is told. */
#include <errno.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/folder.h"
#include "test.h"

static char root[32], path[64];

static const char *under(const char *rest)
{
    (void)snprintf(path, sizeof(path), "%s/%s", root, rest);
    return path;
}

static bool prepare(void)
{
    (void)snprintf(root, sizeof(root), "/tmp/stator-folder-XXXXXX");
    return mkdtemp(root) != NULL;
}

TEST(folder, is_made_with_those_above_it_and_may_exist)
{
    struct stat stat_;

    CHECK(prepare());
    CHECK_EQ(folder_make(under("a/b//c/")), OK);
    CHECK_EQ(stat(under("a/b/c"), &stat_), 0);
    CHECK(S_ISDIR(stat_.st_mode));
    CHECK_EQ(stat_.st_mode & 0777, 0700);
    CHECK_EQ(folder_make(under("a/b/c")), OK);
    CHECK_EQ(rmdir(under("a/b/c")), 0);
    CHECK_EQ(rmdir(under("a/b")), 0);
    CHECK_EQ(rmdir(under("a")), 0);
    CHECK_EQ(chdir(root), 0);
    CHECK_EQ(folder_make("bare"), OK);
    CHECK_EQ(rmdir(under("bare")), 0);
    CHECK_EQ(chdir("/"), 0);
    CHECK_EQ(rmdir(root), 0);
}

TEST(folder, that_cannot_be_made_is_told)
{
    FILE *file;

    CHECK(prepare());
    file = fopen(under("file"), "w");
    CHECK(file != NULL);
    (void)fclose(file);
    CHECK_EQ(folder_make(under("file/below/more")), ERR_IO);
    CHECK_EQ(errno, ENOTDIR);
    CHECK_EQ(unlink(under("file")), 0);
    CHECK_EQ(rmdir(root), 0);
}

TEST_MAIN()
