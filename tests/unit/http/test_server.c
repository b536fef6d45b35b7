/* SPDX-License-Identifier: Apache-2.0 */

/* The server over real sockets: what control-plane.md 1.1 to 1.5 and 1.9 say, and how connections live and end. */
#include "client.h"

TEST(http, a_request_is_answered_with_the_headers_of_dynamodb)
{
    struct world *world = world_start();
    int fd = dial(world);
    struct reply *reply = ask(fd, POST("Content-Length: 2\r\n", "{}"));

    CHECK_EQ(reply->status, 200);
    CHECK(strcmp(reply->body, "{}") == 0);
    CHECK(strncmp(reply->head, "HTTP/1.1 200 OK\r\nServer: Server\r\nDate: ", 38) == 0);
    CHECK(has(reply, "\r\nContent-Type: application/x-amz-json-1.0\r\n"));
    CHECK(has(reply, "\r\nContent-Length: 2\r\n"));
    CHECK(has(reply, "\r\nConnection: keep-alive\r\n"));
    CHECK(has(reply, "\r\nx-amz-crc32: 2745614147\r\n"));
    close(fd);
    world_stop(world);
}

TEST(http, health_has_the_known_checksum)
{
    struct world *world = world_start();
    int fd = dial(world);
    struct reply *reply = ask(fd, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");

    CHECK_EQ(reply->status, 200);
    CHECK(strcmp(reply->body, "healthy: dynamodb.us-east-1.amazonaws.com ") == 0);
    CHECK(has(reply, "\r\nx-amz-crc32: 3128867991\r\n"));
    close(fd);
    world_stop(world);
}

TEST_MAIN()
