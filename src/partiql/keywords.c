/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The words of PartiQL that are no identifiers: those of SQL-92 and the language's own. An attribute or a table of such
 * a name is written in double quotes. Most words are reserved and mean nothing else here.
 *
 * The names of types that may stand after IS, with the attribute type each stands for. Some are keywords, some are not.
 */
#include "partiql/partiql_int.h"

/* Ascending: found by binary search. */
static const struct {
    struct slice text;
    enum partiql__word word;
} words[] = {
    {SLICE_LIT("absolute"), PARTIQL__RESERVED},
    {SLICE_LIT("action"), PARTIQL__RESERVED},
    {SLICE_LIT("add"), PARTIQL__RESERVED},
    {SLICE_LIT("all"), PARTIQL__ALL},
    {SLICE_LIT("allocate"), PARTIQL__RESERVED},
    {SLICE_LIT("alter"), PARTIQL__RESERVED},
    {SLICE_LIT("and"), PARTIQL__AND},
    {SLICE_LIT("any"), PARTIQL__RESERVED},
    {SLICE_LIT("are"), PARTIQL__RESERVED},
    {SLICE_LIT("as"), PARTIQL__AS},
    {SLICE_LIT("asc"), PARTIQL__ASC},
    {SLICE_LIT("assertion"), PARTIQL__RESERVED},
    {SLICE_LIT("at"), PARTIQL__RESERVED},
    {SLICE_LIT("authorization"), PARTIQL__RESERVED},
    {SLICE_LIT("avg"), PARTIQL__FUNCTION},
    {SLICE_LIT("bag"), PARTIQL__TYPE},
    {SLICE_LIT("begin"), PARTIQL__RESERVED},
    {SLICE_LIT("between"), PARTIQL__BETWEEN},
    {SLICE_LIT("bit"), PARTIQL__RESERVED},
    {SLICE_LIT("bit_length"), PARTIQL__FUNCTION},
    {SLICE_LIT("blob"), PARTIQL__TYPE},
    {SLICE_LIT("bool"), PARTIQL__TYPE},
    {SLICE_LIT("boolean"), PARTIQL__TYPE},
    {SLICE_LIT("by"), PARTIQL__BY},
    {SLICE_LIT("cascade"), PARTIQL__RESERVED},
    {SLICE_LIT("cascaded"), PARTIQL__RESERVED},
    {SLICE_LIT("case"), PARTIQL__RESERVED},
    {SLICE_LIT("cast"), PARTIQL__FUNCTION},
    {SLICE_LIT("catalog"), PARTIQL__RESERVED},
    {SLICE_LIT("char"), PARTIQL__TYPE},
    {SLICE_LIT("char_length"), PARTIQL__FUNCTION},
    {SLICE_LIT("character"), PARTIQL__TYPE},
    {SLICE_LIT("character_length"), PARTIQL__FUNCTION},
    {SLICE_LIT("check"), PARTIQL__RESERVED},
    {SLICE_LIT("clob"), PARTIQL__TYPE},
    {SLICE_LIT("close"), PARTIQL__RESERVED},
    {SLICE_LIT("coalesce"), PARTIQL__FUNCTION},
    {SLICE_LIT("collate"), PARTIQL__RESERVED},
    {SLICE_LIT("collation"), PARTIQL__RESERVED},
    {SLICE_LIT("column"), PARTIQL__RESERVED},
    {SLICE_LIT("commit"), PARTIQL__RESERVED},
    {SLICE_LIT("conflict"), PARTIQL__RESERVED},
    {SLICE_LIT("connect"), PARTIQL__RESERVED},
    {SLICE_LIT("connection"), PARTIQL__RESERVED},
    {SLICE_LIT("constraint"), PARTIQL__RESERVED},
    {SLICE_LIT("constraints"), PARTIQL__RESERVED},
    {SLICE_LIT("continue"), PARTIQL__RESERVED},
    {SLICE_LIT("convert"), PARTIQL__RESERVED},
    {SLICE_LIT("corresponding"), PARTIQL__RESERVED},
    {SLICE_LIT("count"), PARTIQL__FUNCTION},
    {SLICE_LIT("create"), PARTIQL__RESERVED},
    {SLICE_LIT("cross"), PARTIQL__JOIN},
    {SLICE_LIT("current"), PARTIQL__RESERVED},
    {SLICE_LIT("current_date"), PARTIQL__RESERVED},
    {SLICE_LIT("current_time"), PARTIQL__RESERVED},
    {SLICE_LIT("current_timestamp"), PARTIQL__RESERVED},
    {SLICE_LIT("current_user"), PARTIQL__RESERVED},
    {SLICE_LIT("cursor"), PARTIQL__RESERVED},
    {SLICE_LIT("date"), PARTIQL__TYPE},
    {SLICE_LIT("date_add"), PARTIQL__FUNCTION},
    {SLICE_LIT("date_diff"), PARTIQL__FUNCTION},
    {SLICE_LIT("deallocate"), PARTIQL__RESERVED},
    {SLICE_LIT("dec"), PARTIQL__RESERVED},
    {SLICE_LIT("decimal"), PARTIQL__TYPE},
    {SLICE_LIT("declare"), PARTIQL__RESERVED},
    {SLICE_LIT("default"), PARTIQL__RESERVED},
    {SLICE_LIT("deferrable"), PARTIQL__RESERVED},
    {SLICE_LIT("deferred"), PARTIQL__RESERVED},
    {SLICE_LIT("delete"), PARTIQL__DELETE},
    {SLICE_LIT("desc"), PARTIQL__DESC},
    {SLICE_LIT("describe"), PARTIQL__RESERVED},
    {SLICE_LIT("descriptor"), PARTIQL__RESERVED},
    {SLICE_LIT("diagnostics"), PARTIQL__RESERVED},
    {SLICE_LIT("disconnect"), PARTIQL__RESERVED},
    {SLICE_LIT("distinct"), PARTIQL__RESERVED},
    {SLICE_LIT("do"), PARTIQL__RESERVED},
    {SLICE_LIT("domain"), PARTIQL__RESERVED},
    {SLICE_LIT("double"), PARTIQL__TYPE},
    {SLICE_LIT("drop"), PARTIQL__RESERVED},
    {SLICE_LIT("else"), PARTIQL__RESERVED},
    {SLICE_LIT("end"), PARTIQL__RESERVED},
    {SLICE_LIT("escape"), PARTIQL__RESERVED},
    {SLICE_LIT("except"), PARTIQL__RESERVED},
    {SLICE_LIT("exception"), PARTIQL__RESERVED},
    {SLICE_LIT("exec"), PARTIQL__RESERVED},
    {SLICE_LIT("execute"), PARTIQL__RESERVED},
    {SLICE_LIT("exists"), PARTIQL__EXISTS},
    {SLICE_LIT("external"), PARTIQL__RESERVED},
    {SLICE_LIT("extract"), PARTIQL__FUNCTION},
    {SLICE_LIT("false"), PARTIQL__FALSE},
    {SLICE_LIT("fetch"), PARTIQL__RESERVED},
    {SLICE_LIT("first"), PARTIQL__RESERVED},
    {SLICE_LIT("float"), PARTIQL__TYPE},
    {SLICE_LIT("for"), PARTIQL__RESERVED},
    {SLICE_LIT("foreign"), PARTIQL__RESERVED},
    {SLICE_LIT("found"), PARTIQL__RESERVED},
    {SLICE_LIT("from"), PARTIQL__FROM},
    {SLICE_LIT("full"), PARTIQL__JOIN},
    {SLICE_LIT("get"), PARTIQL__RESERVED},
    {SLICE_LIT("global"), PARTIQL__RESERVED},
    {SLICE_LIT("go"), PARTIQL__RESERVED},
    {SLICE_LIT("goto"), PARTIQL__RESERVED},
    {SLICE_LIT("grant"), PARTIQL__RESERVED},
    {SLICE_LIT("group"), PARTIQL__GROUP},
    {SLICE_LIT("having"), PARTIQL__HAVING},
    {SLICE_LIT("identity"), PARTIQL__RESERVED},
    {SLICE_LIT("immediate"), PARTIQL__RESERVED},
    {SLICE_LIT("in"), PARTIQL__IN},
    {SLICE_LIT("index"), PARTIQL__RESERVED},
    {SLICE_LIT("indicator"), PARTIQL__RESERVED},
    {SLICE_LIT("initially"), PARTIQL__RESERVED},
    {SLICE_LIT("inner"), PARTIQL__JOIN},
    {SLICE_LIT("input"), PARTIQL__RESERVED},
    {SLICE_LIT("insensitive"), PARTIQL__RESERVED},
    {SLICE_LIT("insert"), PARTIQL__INSERT},
    {SLICE_LIT("int"), PARTIQL__TYPE},
    {SLICE_LIT("integer"), PARTIQL__TYPE},
    {SLICE_LIT("intersect"), PARTIQL__RESERVED},
    {SLICE_LIT("interval"), PARTIQL__RESERVED},
    {SLICE_LIT("into"), PARTIQL__INTO},
    {SLICE_LIT("is"), PARTIQL__IS},
    {SLICE_LIT("isolation"), PARTIQL__RESERVED},
    {SLICE_LIT("join"), PARTIQL__JOIN},
    {SLICE_LIT("key"), PARTIQL__RESERVED},
    {SLICE_LIT("language"), PARTIQL__RESERVED},
    {SLICE_LIT("last"), PARTIQL__RESERVED},
    {SLICE_LIT("left"), PARTIQL__JOIN},
    {SLICE_LIT("let"), PARTIQL__RESERVED},
    {SLICE_LIT("level"), PARTIQL__RESERVED},
    {SLICE_LIT("like"), PARTIQL__LIKE},
    {SLICE_LIT("limit"), PARTIQL__LIMIT},
    {SLICE_LIT("list"), PARTIQL__TYPE},
    {SLICE_LIT("local"), PARTIQL__RESERVED},
    {SLICE_LIT("lower"), PARTIQL__FUNCTION},
    {SLICE_LIT("match"), PARTIQL__RESERVED},
    {SLICE_LIT("max"), PARTIQL__FUNCTION},
    {SLICE_LIT("min"), PARTIQL__FUNCTION},
    {SLICE_LIT("missing"), PARTIQL__MISSING},
    {SLICE_LIT("modified"), PARTIQL__MODIFIED},
    {SLICE_LIT("module"), PARTIQL__RESERVED},
    {SLICE_LIT("names"), PARTIQL__RESERVED},
    {SLICE_LIT("national"), PARTIQL__RESERVED},
    {SLICE_LIT("natural"), PARTIQL__JOIN},
    {SLICE_LIT("nchar"), PARTIQL__RESERVED},
    {SLICE_LIT("new"), PARTIQL__NEW},
    {SLICE_LIT("next"), PARTIQL__RESERVED},
    {SLICE_LIT("no"), PARTIQL__RESERVED},
    {SLICE_LIT("not"), PARTIQL__NOT},
    {SLICE_LIT("nothing"), PARTIQL__RESERVED},
    {SLICE_LIT("null"), PARTIQL__NULL},
    {SLICE_LIT("nullif"), PARTIQL__FUNCTION},
    {SLICE_LIT("numeric"), PARTIQL__TYPE},
    {SLICE_LIT("octet_length"), PARTIQL__FUNCTION},
    {SLICE_LIT("of"), PARTIQL__RESERVED},
    {SLICE_LIT("old"), PARTIQL__OLD},
    {SLICE_LIT("on"), PARTIQL__RESERVED},
    {SLICE_LIT("only"), PARTIQL__RESERVED},
    {SLICE_LIT("open"), PARTIQL__RESERVED},
    {SLICE_LIT("option"), PARTIQL__RESERVED},
    {SLICE_LIT("or"), PARTIQL__OR},
    {SLICE_LIT("order"), PARTIQL__ORDER},
    {SLICE_LIT("outer"), PARTIQL__JOIN},
    {SLICE_LIT("output"), PARTIQL__RESERVED},
    {SLICE_LIT("overlaps"), PARTIQL__RESERVED},
    {SLICE_LIT("pad"), PARTIQL__RESERVED},
    {SLICE_LIT("partial"), PARTIQL__RESERVED},
    {SLICE_LIT("pivot"), PARTIQL__RESERVED},
    {SLICE_LIT("position"), PARTIQL__FUNCTION},
    {SLICE_LIT("precision"), PARTIQL__RESERVED},
    {SLICE_LIT("prepare"), PARTIQL__RESERVED},
    {SLICE_LIT("preserve"), PARTIQL__RESERVED},
    {SLICE_LIT("primary"), PARTIQL__RESERVED},
    {SLICE_LIT("prior"), PARTIQL__RESERVED},
    {SLICE_LIT("privileges"), PARTIQL__RESERVED},
    {SLICE_LIT("procedure"), PARTIQL__RESERVED},
    {SLICE_LIT("public"), PARTIQL__RESERVED},
    {SLICE_LIT("read"), PARTIQL__RESERVED},
    {SLICE_LIT("real"), PARTIQL__TYPE},
    {SLICE_LIT("references"), PARTIQL__RESERVED},
    {SLICE_LIT("relative"), PARTIQL__RESERVED},
    {SLICE_LIT("remove"), PARTIQL__REMOVE},
    {SLICE_LIT("restrict"), PARTIQL__RESERVED},
    {SLICE_LIT("returning"), PARTIQL__RETURNING},
    {SLICE_LIT("revoke"), PARTIQL__RESERVED},
    {SLICE_LIT("right"), PARTIQL__JOIN},
    {SLICE_LIT("rollback"), PARTIQL__RESERVED},
    {SLICE_LIT("rows"), PARTIQL__RESERVED},
    {SLICE_LIT("schema"), PARTIQL__RESERVED},
    {SLICE_LIT("scroll"), PARTIQL__RESERVED},
    {SLICE_LIT("section"), PARTIQL__RESERVED},
    {SLICE_LIT("select"), PARTIQL__SELECT},
    {SLICE_LIT("session"), PARTIQL__RESERVED},
    {SLICE_LIT("session_user"), PARTIQL__RESERVED},
    {SLICE_LIT("set"), PARTIQL__SET},
    {SLICE_LIT("sexp"), PARTIQL__TYPE},
    {SLICE_LIT("size"), PARTIQL__FUNCTION},
    {SLICE_LIT("smallint"), PARTIQL__TYPE},
    {SLICE_LIT("some"), PARTIQL__RESERVED},
    {SLICE_LIT("space"), PARTIQL__RESERVED},
    {SLICE_LIT("sql"), PARTIQL__RESERVED},
    {SLICE_LIT("sqlcode"), PARTIQL__RESERVED},
    {SLICE_LIT("sqlerror"), PARTIQL__RESERVED},
    {SLICE_LIT("sqlstate"), PARTIQL__RESERVED},
    {SLICE_LIT("string"), PARTIQL__TYPE},
    {SLICE_LIT("struct"), PARTIQL__TYPE},
    {SLICE_LIT("substring"), PARTIQL__FUNCTION},
    {SLICE_LIT("sum"), PARTIQL__FUNCTION},
    {SLICE_LIT("symbol"), PARTIQL__TYPE},
    {SLICE_LIT("system_user"), PARTIQL__RESERVED},
    {SLICE_LIT("table"), PARTIQL__RESERVED},
    {SLICE_LIT("temporary"), PARTIQL__RESERVED},
    {SLICE_LIT("then"), PARTIQL__RESERVED},
    {SLICE_LIT("time"), PARTIQL__TYPE},
    {SLICE_LIT("timestamp"), PARTIQL__TYPE},
    {SLICE_LIT("to"), PARTIQL__RESERVED},
    {SLICE_LIT("transaction"), PARTIQL__RESERVED},
    {SLICE_LIT("translate"), PARTIQL__FUNCTION},
    {SLICE_LIT("translation"), PARTIQL__RESERVED},
    {SLICE_LIT("trim"), PARTIQL__FUNCTION},
    {SLICE_LIT("true"), PARTIQL__TRUE},
    {SLICE_LIT("tuple"), PARTIQL__TYPE},
    {SLICE_LIT("union"), PARTIQL__RESERVED},
    {SLICE_LIT("unique"), PARTIQL__RESERVED},
    {SLICE_LIT("unknown"), PARTIQL__RESERVED},
    {SLICE_LIT("unpivot"), PARTIQL__RESERVED},
    {SLICE_LIT("update"), PARTIQL__UPDATE},
    {SLICE_LIT("upper"), PARTIQL__FUNCTION},
    {SLICE_LIT("usage"), PARTIQL__RESERVED},
    {SLICE_LIT("user"), PARTIQL__RESERVED},
    {SLICE_LIT("using"), PARTIQL__RESERVED},
    {SLICE_LIT("value"), PARTIQL__VALUE},
    {SLICE_LIT("values"), PARTIQL__RESERVED},
    {SLICE_LIT("varchar"), PARTIQL__TYPE},
    {SLICE_LIT("varying"), PARTIQL__RESERVED},
    {SLICE_LIT("view"), PARTIQL__RESERVED},
    {SLICE_LIT("when"), PARTIQL__RESERVED},
    {SLICE_LIT("whenever"), PARTIQL__RESERVED},
    {SLICE_LIT("where"), PARTIQL__WHERE},
    {SLICE_LIT("with"), PARTIQL__RESERVED},
    {SLICE_LIT("work"), PARTIQL__RESERVED},
    {SLICE_LIT("write"), PARTIQL__RESERVED},
    {SLICE_LIT("zone"), PARTIQL__RESERVED},
};

#define WORDS          (sizeof(words) / sizeof(words[0]))
#define WORD_BYTES_MAX 20u

static uint8_t lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c + ('a' - 'A')) : c;
}

static struct slice lowered(struct slice text, uint8_t *to)
{
    for (size_t i = 0; i < text.n; i++)
        to[i] = lower(text.p[i]);
    return slice_of(to, text.n);
}

enum partiql__word partiql__word_find(struct slice text)
{
    uint8_t bytes[WORD_BYTES_MAX];
    size_t low = 0, high = WORDS;

    if (text.n > sizeof(bytes))
        return PARTIQL__NO_WORD;
    text = lowered(text, bytes);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = slice_compare(words[middle].text, text);

        if (order == 0)
            return words[middle].word;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return PARTIQL__NO_WORD;
}

/* ---- types ---- */

static const struct {
    const char *name;
    int type;
} types[] = {
    {"string", VALUE_S},
    {"char", VALUE_S},
    {"character", VALUE_S},
    {"varchar", VALUE_S},
    {"symbol", VALUE_S},
    {"clob", VALUE_S},
    {"int", VALUE_N},
    {"integer", VALUE_N},
    {"smallint", VALUE_N},
    {"bigint", VALUE_N},
    {"int2", VALUE_N},
    {"int4", VALUE_N},
    {"int8", VALUE_N},
    {"integer2", VALUE_N},
    {"integer4", VALUE_N},
    {"integer8", VALUE_N},
    {"float", VALUE_N},
    {"real", VALUE_N},
    {"double", VALUE_N},
    {"decimal", VALUE_N},
    {"numeric", VALUE_N},
    {"blob", VALUE_B},
    {"bool", VALUE_BOOL},
    {"boolean", VALUE_BOOL},
    {"null", VALUE_NULL},
    {"list", VALUE_L},
    {"sexp", VALUE_L},
    {"struct", VALUE_M},
    {"tuple", VALUE_M},
    {"missing", PARTIQL__TYPE_MISSING},
    {"bag", PARTIQL__TYPE_SET},
    {"timestamp", PARTIQL__TYPE_NEVER},
    {"date", PARTIQL__TYPE_NEVER},
    {"time", PARTIQL__TYPE_NEVER},
};

int partiql__type_find(struct slice name)
{
    uint8_t bytes[WORD_BYTES_MAX];

    if (name.n > sizeof(bytes))
        return PARTIQL__NO_TYPE;
    name = lowered(name, bytes);
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (slice_is(name, types[i].name))
            return types[i].type;
    }
    return PARTIQL__NO_TYPE;
}
