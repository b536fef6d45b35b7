/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The grammar of statements (data-plane.md 7.3), one function a clause.
 *
 *     SELECT columns FROM table[.index] [WHERE condition] [ORDER BY keys]
 *     INSERT INTO table VALUE map
 *     UPDATE table SET ... REMOVE ... [WHERE condition] [RETURNING ...]
 *     FROM table [WHERE condition] SET ... REMOVE ... [RETURNING ...]
 *     DELETE FROM table [WHERE condition] [RETURNING ...]
 *     EXISTS(SELECT ...)
 *
 * Faults of grammar return where they arise. What parses and is not allowed is noted and told at the end, so a text
 * that breaks off is told as such whatever else is wrong with it.
 */
#include "partiql/partiql_int.h"

struct statement_parser {
    struct partiql__parser p;
    struct partiql_statement *statement;
    struct partiql__tree *tree;
    struct partiql__action *actions;
    struct expr_column *columns;
    struct partiql_order *order;
    uint32_t actions_n, actions_capacity, columns_n, columns_capacity, order_n, order_capacity;
};

/* ---- sources ---- */

/* AS t, or t: nothing may be called by another name. */
static void alias_skip(struct partiql__parser *p)
{
    bool as = partiql__at_word(p, PARTIQL__AS);
    uint8_t type = p->tokens[p->at + as].type;

    if (type != PARTIQL__NAME && type != PARTIQL__QUOTED)
        return;
    partiql__note(p, SLICE_LIT("Aliasing is not supported"));
    p->at += 1u + as;
}

static bool at_name(const struct partiql__parser *p)
{
    return partiql__at_type(p, PARTIQL__NAME) || partiql__at_type(p, PARTIQL__QUOTED);
}

/* table or table.index */
static enum err source_path(struct statement_parser *s)
{
    struct partiql__parser *p = &s->p;
    struct expr_path path;
    enum err err = partiql__path(p, &path);

    if (err)
        return err;
    if (path.count > 2)
        partiql__note(p, SLICE_LIT("A path may contain at most 2 components in the FROM clause"));
    s->statement->table = path.elements[0].name;
    if (path.count == 1)
        return OK;
    s->statement->index = path.elements[1].name;
    if (path.elements[1].name.p == NULL)
        partiql__note_at(p, SLICE_LIT("Unexpected path component"), p->at - 2);
    return OK;
}

/* Of SELECT and the FROM form: any expression would do for the grammar, only a table is allowed. */
static enum err source_read(struct statement_parser *s)
{
    struct partiql__parser *p = &s->p;
    enum err err;

    if (!at_name(p))
        return partiql__unreadable(p, partiql__at_type(p, PARTIQL__KEYWORD) ? "Unexpected keyword" : "Unexpected term");
    err = source_path(s);
    if (err)
        return err;
    alias_skip(p);
    if (partiql__at_type(p, PARTIQL__COMMA) || partiql__at_word(p, PARTIQL__JOIN))
        return fault_validation(p->fault, "Only select from a single table or index is supported.");
    return OK;
}

/* Of INSERT, UPDATE and DELETE. */
static enum err simple_source_read(struct statement_parser *s)
{
    if (!at_name(&s->p))
        return partiql__unreadable(&s->p, "Expected identifier for simple path");
    return source_path(s);
}

/* ---- clauses ---- */

static enum err where_read(struct statement_parser *s)
{
    struct partiql__parser *p = &s->p;
    enum err err;

    if (!partiql__at_word(p, PARTIQL__WHERE))
        return OK;
    p->at++;
    s->statement->has_where = true;
    s->tree->where_first = p->nodes_n;
    err = partiql__expression(p);
    if (err)
        return err;
    s->tree->where_root = p->nodes_n - 1;
    partiql__condition_check(p, s->tree->where_first, s->tree->where_root);
    return OK;
}

static enum err assignment_value(struct partiql__parser *p, struct partiql__action *action)
{
    enum err err;

    if (!partiql__at_type(p, PARTIQL__EQ))
        return partiql__unreadable(p, "Expected EQ");
    p->at++;
    action->first = (uint16_t)p->nodes_n;
    err = partiql__expression(p);
    if (err)
        return err;
    action->root = (uint16_t)(p->nodes_n - 1);
    partiql__assignment_check(p, action);
    return OK;
}

/* path = value, or path */
static enum err action_read(struct statement_parser *s, bool remove)
{
    struct partiql__parser *p = &s->p;
    struct partiql__action action = {.token = (uint16_t)p->at, .remove = remove};
    enum err err;

    if (!at_name(p))
        return partiql__unreadable(p, "Expected identifier for simple path");
    err = partiql__path(p, &action.target);
    if (err == OK && !remove)
        err = assignment_value(p, &action);
    if (err)
        return err;
    if (s->actions_n == s->actions_capacity)
        s->actions = partiql__grown(p->arena, s->actions, &s->actions_capacity, sizeof(*s->actions));
    s->actions[s->actions_n++] = action;
    return OK;
}

/* SET and REMOVE in any number and order, at least one. */
static enum err clauses_read(struct statement_parser *s)
{
    struct partiql__parser *p = &s->p;

    if (!partiql__at_word(p, PARTIQL__SET) && !partiql__at_word(p, PARTIQL__REMOVE))
        return partiql__unreadable(p, "Expected data manipulation");
    while (partiql__at_word(p, PARTIQL__SET) || partiql__at_word(p, PARTIQL__REMOVE)) {
        bool remove = partiql__at_word(p, PARTIQL__REMOVE);

        do {
            enum err err;

            p->at++;
            err = action_read(s, remove);
            if (err)
                return err;
        } while (partiql__at_type(p, PARTIQL__COMMA));
    }
    return OK;
}

/* RETURNING (ALL | MODIFIED) (OLD | NEW) * */
static enum err returning_read(struct statement_parser *s)
{
    struct partiql__parser *p = &s->p;
    const struct partiql__token *token = partiql__token(p);
    bool modified, new;

    if (!partiql__at_word(p, PARTIQL__RETURNING))
        return OK;
    if ((token[1].word != PARTIQL__ALL && token[1].word != PARTIQL__MODIFIED) ||
        (token[2].word != PARTIQL__OLD && token[2].word != PARTIQL__NEW) || token[3].type != PARTIQL__STAR)
        return partiql__unreadable(p, "Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element.");
    modified = token[1].word == PARTIQL__MODIFIED;
    new = token[2].word == PARTIQL__NEW;
    s->statement->returning = modified ? (new ? PARTIQL_RETURNING_MODIFIED_NEW : PARTIQL_RETURNING_MODIFIED_OLD)
                                       : (new ? PARTIQL_RETURNING_ALL_NEW : PARTIQL_RETURNING_ALL_OLD);
    p->at += 4;
    return OK;
}

/* ---- SELECT ---- */

/* a.b[1] is told as b[1]: the last name and the indexes behind it. */
static struct slice column_name(struct partiql__parser *p, const struct expr_path *path)
{
    uint32_t last = path->count - 1;
    struct buf name;

    while (path->elements[last].name.p == NULL)
        last--;
    if (last == path->count - 1)
        return path->elements[last].name;
    buf_init(&name, p->arena, ARENA_ALLOC_BYTES_MAX);
    buf_slice(&name, path->elements[last].name);
    while (++last < path->count)
        buf_printf(&name, "[%u]", path->elements[last].index);
    return buf_view(&name);
}

static enum err column_read(struct statement_parser *s)
{
    struct partiql__parser *p = &s->p;
    const struct partiql__node *root;
    enum err err = partiql__expression(p);

    if (err)
        return err;
    root = &p->nodes[p->nodes_n - 1];
    if (root->type != PARTIQL__NODE_PATH) {
        if (s->statement->late_fault.p == NULL)
            s->statement->late_fault = partiql__at(p, SLICE_LIT("Unexpected path component"), root->token);
    } else {
        const struct expr_path *path = &p->paths[root->place];

        if (s->columns_n == s->columns_capacity)
            s->columns = partiql__grown(p->arena, s->columns, &s->columns_capacity, sizeof(*s->columns));
        s->columns[s->columns_n++] = (struct expr_column){column_name(p, path), *path};
    }
    alias_skip(p);
    return OK;
}

static enum err columns_read(struct statement_parser *s)
{
    struct partiql__parser *p = &s->p;

    if (partiql__at_type(p, PARTIQL__STAR)) {
        s->tree->star = true;
        p->at++;
        return OK;
    }
    for (;;) {
        enum err err = column_read(s);

        if (err)
            return err;
        if (!partiql__at_type(p, PARTIQL__COMMA))
            return OK;
        p->at++;
    }
}

static enum err order_term(struct statement_parser *s)
{
    struct partiql__parser *p = &s->p;
    const struct partiql__token *first = partiql__token(p), *last;
    const struct partiql__node *root;
    struct partiql_order *term;
    enum err err = partiql__expression(p);

    if (err)
        return err;
    root = &p->nodes[p->nodes_n - 1];
    last = &p->tokens[p->at - 1];
    if (s->order_n == s->order_capacity)
        s->order = partiql__grown(p->arena, s->order, &s->order_capacity, sizeof(*s->order));
    term = &s->order[s->order_n++];
    term->attribute = root->type == PARTIQL__NODE_PATH && p->paths[root->place].count == 1
                          ? p->paths[root->place].elements[0].name
                          : slice_of(p->text.p + first->at, (size_t)(last->at + last->n - first->at));
    term->descending = partiql__at_word(p, PARTIQL__DESC);
    if (term->descending || partiql__at_word(p, PARTIQL__ASC))
        p->at++;
    return OK;
}

static enum err order_read(struct statement_parser *s)
{
    struct partiql__parser *p = &s->p;

    if (!partiql__at_word(p, PARTIQL__ORDER))
        return OK;
    p->at++;
    if (!partiql__at_word(p, PARTIQL__BY))
        return partiql__unreadable(p, "Expected BY after ORDER");
    do {
        enum err err;

        p->at++;
        err = order_term(s);
        if (err)
            return err;
    } while (partiql__at_type(p, PARTIQL__COMMA));
    return OK;
}

/* Clauses of the language that no statement may have: there is nothing to gain from reading on. */
static enum err foreign_clause_check(struct partiql__parser *p)
{
    static const struct {
        enum partiql__word word;
        const char *name;
    } clauses[] = {{PARTIQL__GROUP, "GROUP"}, {PARTIQL__HAVING, "HAVING"}, {PARTIQL__LIMIT, "LIMIT"}};

    for (size_t i = 0; i < sizeof(clauses) / sizeof(clauses[0]); i++) {
        const struct partiql__token *token = partiql__token(p);

        if (token->word == clauses[i].word)
            return fault_validation(p->fault, "Unsupported clause: %s at %u:%u:%u", clauses[i].name, token->line,
                token->column, token->length);
    }
    return OK;
}

static enum err select_read(struct statement_parser *s)
{
    enum err err;

    s->p.at++;
    err = columns_read(s);
    if (err)
        return err;
    if (!partiql__at_word(&s->p, PARTIQL__FROM))
        return partiql__unreadable(&s->p, "Expected FROM after SELECT list");
    s->p.at++;
    err = source_read(s);
    if (err == OK)
        err = where_read(s);
    if (err == OK)
        err = foreign_clause_check(&s->p);
    if (err == OK)
        err = order_read(s);
    return err != OK ? err : foreign_clause_check(&s->p);
}

/* ---- the other statements ---- */

static enum err insert_read(struct statement_parser *s)
{
    struct partiql__parser *p = &s->p;
    uint32_t source = p->at + 2;
    bool value;
    enum err err;

    if (p->tokens[p->at + 1].word != PARTIQL__INTO)
        return partiql__unreadable(p, "Unexpected keyword");
    p->at = source;
    err = simple_source_read(s);
    if (err)
        return err;
    if (s->statement->index.p != NULL)
        partiql__note_at(
            p, SLICE_LIT("FROM clause may only contain a single table name in data manipulation statements"), source);
    value = partiql__at_word(p, PARTIQL__VALUE);
    p->at += value;
    err = partiql__expression(p);
    if (err)
        return err;
    if (!value)
        partiql__note(p, SLICE_LIT("Unsupported operation: Insert"));
    s->tree->item = p->nodes_n - 1;
    partiql__item_make(p, s->tree->item);
    return OK;
}

static enum err update_read(struct statement_parser *s)
{
    enum err err;

    s->p.at++;
    err = simple_source_read(s);
    if (err)
        return err;
    alias_skip(&s->p);
    err = clauses_read(s);
    if (err == OK)
        err = where_read(s);
    return err != OK ? err : returning_read(s);
}

static enum err from_read(struct statement_parser *s)
{
    enum err err;

    s->p.at++;
    err = source_read(s);
    if (err == OK)
        err = where_read(s);
    if (err == OK)
        err = clauses_read(s);
    return err != OK ? err : returning_read(s);
}

static enum err delete_read(struct statement_parser *s)
{
    enum err err;

    s->p.at++;
    if (!partiql__at_word(&s->p, PARTIQL__FROM))
        return partiql__unreadable(&s->p, "Expected FROM after DELETE");
    s->p.at++;
    err = simple_source_read(s);
    if (err)
        return err;
    alias_skip(&s->p);
    err = where_read(s);
    return err != OK ? err : returning_read(s);
}

static enum err exists_read(struct statement_parser *s)
{
    enum err err;

    s->p.at += 2;
    err = select_read(s);
    if (err)
        return err;
    if (!partiql__at_type(&s->p, PARTIQL__CLOSE))
        return partiql__unreadable(&s->p, "Expected RIGHT_PAREN");
    s->p.at++;
    return OK;
}

/* Anything else: an expression is well formed and no statement; what the language cannot read at all wants a verb, and
 * so does a lone word, which can only be one misspelt. */
static enum err expression_read(struct statement_parser *s)
{
    struct partiql__parser *p = &s->p;
    bool lone = partiql__at_type(p, PARTIQL__NAME) && p->tokens[p->at + 1].type == PARTIQL__END;

    if (lone || partiql__expression(p) != OK || !partiql__at_type(p, PARTIQL__END))
        return partiql__unreadable(p, "Expected data manipulation");
    return fault_validation(
        p->fault, "Unsupported operation: %.*s", SLICE_ARG(partiql__node_name(p, &p->nodes[p->nodes_n - 1])));
}

/* ---- one statement ---- */

static enum err statement_read(struct statement_parser *s)
{
    const struct partiql__token *first = s->p.tokens;

    switch ((enum partiql__word)first->word) {
    case PARTIQL__SELECT:
        s->statement->verb = PARTIQL_SELECT;
        return select_read(s);
    case PARTIQL__INSERT:
        s->statement->verb = PARTIQL_INSERT;
        return insert_read(s);
    case PARTIQL__UPDATE:
        s->statement->verb = PARTIQL_UPDATE;
        return update_read(s);
    case PARTIQL__FROM:
        s->statement->verb = PARTIQL_UPDATE;
        return from_read(s);
    case PARTIQL__DELETE:
        s->statement->verb = PARTIQL_DELETE;
        return delete_read(s);
    case PARTIQL__EXISTS:
        s->statement->verb = PARTIQL_EXISTS;
        if (first[1].type == PARTIQL__OPEN && first[2].word == PARTIQL__SELECT)
            return exists_read(s);
        return expression_read(s);
    default:
        return expression_read(s);
    }
}

static void statement_fill(struct statement_parser *s)
{
    struct partiql_statement *statement = s->statement;
    struct partiql__tree *tree = s->tree;

    tree->text = s->p.text;
    tree->tokens = s->p.tokens;
    tree->nodes = s->p.nodes;
    tree->nodes_n = s->p.nodes_n;
    tree->paths = s->p.paths;
    tree->columns = s->columns;
    tree->columns_n = s->columns_n;
    tree->actions = s->actions;
    tree->actions_n = s->actions_n;
    statement->order = s->order;
    statement->order_count = s->order_n;
    statement->parameters = s->p.parameters;
    statement->tree = tree;
}

enum err partiql_parse(
    struct slice text, struct arena *arena, const struct partiql_statement **ret, struct fault *fault)
{
    struct statement_parser s = {.p = {.text = text, .arena = arena, .fault = fault}};
    uint32_t tokens;
    enum err err = partiql__lex(text, arena, &s.p.tokens, &tokens, fault);

    if (err)
        return err;
    s.statement = arena_zalloc(arena, sizeof(*s.statement));
    s.tree = arena_zalloc(arena, sizeof(*s.tree));
    err = statement_read(&s);
    if (err)
        return err;
    if (partiql__at_type(&s.p, PARTIQL__SEMICOLON))
        s.p.at++;
    if (!partiql__at_type(&s.p, PARTIQL__END))
        return partiql__unreadable(&s.p, "Unexpected token after expression");
    if (s.p.noted.p != NULL)
        return fault_validation(fault, "%.*s", SLICE_ARG(s.p.noted));
    statement_fill(&s);
    *ret = s.statement;
    return OK;
}
