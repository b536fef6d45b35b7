/* SPDX-License-Identifier: Apache-2.0 */

/* Pages of metrics, taken apart; quantiles between two of them. */
#include "tools/scrape.h"

#include <string.h>

#include "test.h"

static struct scrape scrape_of(const char *text)
{
    struct scrape scrape = {0};

    buf_init(&scrape.text, NULL, 1 << 20);
    buf_slice(&scrape.text, slice_from_cstr(text));
    scrape_parse(&scrape);
    return scrape;
}

TEST(tools, a_page_of_metrics_is_taken_apart)
{
    struct scrape scrape = scrape_of("# HELP a What.\n# TYPE a counter\n"
                                     "a 12\n"
                                     "a{b=\"c\"} 1.5e3\n"
                                     "a{b=\"c\",d=\"e\"} 7\n"
                                     "\n"
                                     "broken{x=\"y\" 5\n"
                                     "nothing\n"
                                     "last{d=\"e\"} +Inf");

    CHECK_EQ(scrape.count, 4);
    CHECK(scrape_value(&scrape, "a", SLICE_LIT("")) == 12);
    CHECK(scrape_value(&scrape, "a", SLICE_LIT("b=\"c\"")) == 1500);
    CHECK(scrape_value(&scrape, "a", SLICE_LIT("d=\"e\"")) == 0);
    CHECK(scrape_value(&scrape, "absent", SLICE_LIT("")) == 0);
    CHECK(scrape_sum(&scrape, "a", SLICE_LIT("")) == 1519);
    CHECK(scrape_sum(&scrape, "a", SLICE_LIT("d=\"e\"")) == 7);
    CHECK(scrape_value(&scrape, "last", SLICE_LIT("d=\"e\"")) > 1e300);
    scrape_free(&scrape);
    scrape = scrape_of("");
    CHECK_EQ(scrape.count, 0);
    scrape_free(&scrape);
}

TEST(tools, labels_are_found_by_name_whatever_their_values_hold)
{
    struct slice labels = SLICE_LIT("region=\"eu,table=x\",table=\"a\\\"b\",le=\"0.5\"");

    CHECK(slice_is(scrape_label(labels, "region"), "eu,table=x"));
    CHECK(slice_is(scrape_label(labels, "table"), "a\\\"b"));
    CHECK(slice_is(scrape_label(labels, "le"), "0.5"));
    CHECK_EQ(scrape_label(labels, "index").n, 0);
    CHECK_EQ(scrape_label(labels, "e").n, 0);
    CHECK_EQ(scrape_label(SLICE_LIT(""), "le").n, 0);
    for (size_t n = 0; n < labels.n; n++) /* cut off anywhere, it is only not found */
        (void)scrape_label(slice_of(labels.p, n), "le");
}

TEST(tools, quantiles_are_of_what_happened_between_two_pages)
{
    struct scrape before = scrape_of(
        "t_bucket{op=\"g\",le=\"1\"} 100\nt_bucket{op=\"g\",le=\"2\"} 100\nt_bucket{op=\"g\",le=\"+Inf\"} 100\n");
    struct scrape now = scrape_of(
        "t_bucket{op=\"g\",le=\"1\"} 150\nt_bucket{op=\"g\",le=\"2\"} 199\nt_bucket{op=\"g\",le=\"+Inf\"} 200\n"
        "t_bucket{op=\"p\",le=\"1\"} 0\nt_bucket{op=\"p\",le=\"2\"} 0\nt_bucket{op=\"p\",le=\"+Inf\"} 100\n");

    CHECK(scrape_quantile(&before, &now, "t", SLICE_LIT("op=\"g\""), 0.5) == 1);
    CHECK(scrape_quantile(&before, &now, "t", SLICE_LIT("op=\"g\""), 0.51) == 2);
    CHECK(scrape_quantile(&before, &now, "t", SLICE_LIT("op=\"g\""), 0.99) == 2);
    CHECK(scrape_quantile(&before, &now, "t", SLICE_LIT("op=\"g\""), 1) == 2); /* the last bucket that has an end */
    CHECK(scrape_quantile(&before, &now, "t", SLICE_LIT(""), 0.75) == 2);
    CHECK(scrape_quantile(&now, &now, "t", SLICE_LIT(""), 0.5) == 0);
    CHECK(scrape_quantile(&before, &now, "absent", SLICE_LIT(""), 0.5) == 0);
    scrape_free(&before);
    scrape_free(&now);
}

TEST_MAIN()
