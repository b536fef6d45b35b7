// SPDX-License-Identifier: Apache-2.0

// Accounts and their entries with the Java SDK's enhanced client: annotated beans, tables made from them, a global
// index, versioned records, atomic counters, conditions, batches, transactions, waiters, pages, time to live.
//
//   java -cp ... EnhancedClient http://127.0.0.1:8000

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbAtomicCounter;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbVersionAttribute;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverterProvider;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.TableMetadata;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondaryPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondarySortKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSortKey;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetResultPageIterable;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteResult;
import software.amazon.awssdk.enhanced.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.enhanced.dynamodb.model.EnhancedGlobalSecondaryIndex;
import software.amazon.awssdk.enhanced.dynamodb.model.IgnoreNullsMode;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactGetItemsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

public class EnhancedClient {
    static final String TABLE = "JavaEntries";
    static int passed, failed;

    /** One line of an account's book. */
    @DynamoDbBean
    public static class Entry {
        private String account, state, text;
        private Integer number;
        private Long amount, version, edits, expires;
        private Instant booked;
        private Set<String> tags;
        private List<Integer> shares;
        private Map<String, String> notes;
        private Person by;

        @DynamoDbPartitionKey
        public String getAccount() { return account; }
        public void setAccount(String v) { account = v; }
        @DynamoDbSortKey
        public Integer getNumber() { return number; }
        public void setNumber(Integer v) { number = v; }
        @DynamoDbSecondaryPartitionKey(indexNames = "by-state")
        public String getState() { return state; }
        public void setState(String v) { state = v; }
        @DynamoDbSecondarySortKey(indexNames = "by-state")
        public Instant getBooked() { return booked; }
        public void setBooked(Instant v) { booked = v; }
        @DynamoDbVersionAttribute
        public Long getVersion() { return version; }
        public void setVersion(Long v) { version = v; }
        @DynamoDbAtomicCounter(delta = 2, startValue = 10)
        public Long getEdits() { return edits; }
        public void setEdits(Long v) { edits = v; }
        public Long getAmount() { return amount; }
        public void setAmount(Long v) { amount = v; }
        public Long getExpires() { return expires; }
        public void setExpires(Long v) { expires = v; }
        public String getText() { return text; }
        public void setText(String v) { text = v; }
        public Set<String> getTags() { return tags; }
        public void setTags(Set<String> v) { tags = v; }
        public List<Integer> getShares() { return shares; }
        public void setShares(List<Integer> v) { shares = v; }
        public Map<String, String> getNotes() { return notes; }
        public void setNotes(Map<String, String> v) { notes = v; }
        public Person getBy() { return by; }
        public void setBy(Person v) { by = v; }
    }

    @DynamoDbBean
    public static class Person {
        private String name;
        private Boolean clerk;

        public String getName() { return name; }
        public void setName(String v) { name = v; }
        public Boolean getClerk() { return clerk; }
        public void setClerk(Boolean v) { clerk = v; }
    }

    interface Body {
        void run() throws Exception;
    }

    static void test(String what, Body body) {
        try {
            body.run();
            passed++;
        } catch (Exception | AssertionError problem) {
            failed++;
            System.out.println("FAIL " + what + "\n    " + problem);
            Arrays.stream(problem.getStackTrace()).filter(at -> at.getClassName().startsWith("EnhancedClient")).limit(4)
                .forEach(at -> System.out.println("    at line " + at.getLineNumber()));
        }
    }

    static void equal(Object got, Object expected) {
        if (!Objects.equals(got, expected)) throw new AssertionError("got " + got + ", expected " + expected);
    }

    static <E extends Exception> E raised(Class<E> kind, Callable<?> call) throws Exception {
        try {
            call.call();
        } catch (Exception problem) {
            if (kind.isInstance(problem)) return kind.cast(problem);
            throw problem;
        }
        throw new AssertionError("no " + kind.getSimpleName());
    }

    static Entry entry(String account, int number, long amount, String state) {
        Entry made = new Entry();
        made.setAccount(account);
        made.setNumber(number);
        made.setAmount(amount);
        made.setState(state);
        made.setBooked(Instant.parse("2026-11-01T00:00:00Z").plus(Duration.ofHours(number)));
        return made;
    }

    static Key key(String account, int number) {
        return Key.builder().partitionValue(account).sortValue(number).build();
    }

    static Expression where(String expression, String name, AttributeValue value) {
        return Expression.builder()
            .expression(expression)
            .putExpressionName("#a", name)
            .putExpressionValue(":v", value)
            .build();
    }

    static AttributeValue n(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static List<Integer> numbers(Iterable<Entry> entries) {
        List<Integer> found = new ArrayList<>();
        entries.forEach(each -> found.add(each.getNumber()));
        return found;
    }

    final DynamoDbClient client;
    final DynamoDbEnhancedClient enhanced;
    final DynamoDbTable<Entry> entries;
    final DynamoDbWaiter waiter;

    EnhancedClient(String endpoint) {
        client = DynamoDbClient.builder()
                     .endpointOverride(URI.create(endpoint))
                     .region(Region.US_EAST_1)
                     .credentialsProvider(
                         StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIASTATORTESTKEY001", "a-secret/of+forty/characters0123456789ab")))
                     .build();
        enhanced = DynamoDbEnhancedClient.builder().dynamoDbClient(client).build();
        entries = enhanced.table(TABLE, TableSchema.fromBean(Entry.class));
        // The waiter of the SDK as it is, only that it asks each second instead of each 20.
        waiter = DynamoDbWaiter.builder().client(client).overrideConfiguration(o -> o.maxAttempts(60)
            .backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofSeconds(1)))).build();
    }

    void tableIsMade() {
        EnhancedGlobalSecondaryIndex byState = EnhancedGlobalSecondaryIndex.builder().indexName("by-state")
            .projection(p -> p.projectionType(ProjectionType.ALL)).build();
        entries.createTable(request -> request.globalSecondaryIndices(byState));
        TableDescription told = waiter.waitUntilTableExists(r -> r.tableName(TABLE)).matched().response().get().table();
        equal(told.tableStatusAsString(), "ACTIVE");
        equal(told.billingModeSummary().billingModeAsString(), "PAY_PER_REQUEST");
        equal(entries.describeTable().table().globalSecondaryIndexes().get(0).indexName(), "by-state");
    }

    void timeToLive() {
        client.updateTimeToLive(
            r -> r.tableName(TABLE).timeToLiveSpecification(s -> s.attributeName("expires").enabled(true)));
        var told = client.describeTimeToLive(r -> r.tableName(TABLE)).timeToLiveDescription();
        equal(told.attributeName(), "expires");
        equal(Set.of(TimeToLiveStatus.ENABLED, TimeToLiveStatus.ENABLING).contains(told.timeToLiveStatus()), true);
    }

    void beansComeBack() {
        Entry made = entry("ada", 1, 100, "OPEN");
        made.setText("Grüße, 世界");
        made.setTags(Set.of("a", "b"));
        made.setShares(List.of(1, 2, 3));
        made.setNotes(Map.of("k", "v"));
        made.setExpires(Instant.now().plus(Duration.ofDays(1)).getEpochSecond());
        Person by = new Person();
        by.setName("Grace");
        by.setClerk(true);
        made.setBy(by);
        entries.putItem(made);
        Entry got = entries.getItem(r -> r.key(key("ada", 1)).consistentRead(true));
        equal(got.getText(), made.getText());
        equal(got.getTags(), made.getTags());
        equal(got.getShares(), made.getShares());
        equal(got.getNotes(), made.getNotes());
        equal(got.getBooked(), made.getBooked());
        equal(got.getBy().getName() + got.getBy().getClerk(), "Gracetrue");
        equal(got.getVersion(), 1L);
        equal(got.getEdits(), 10L);
        equal(entries.getItem(key("ada", 404)), null);
    }

    void versionsAndCounters() throws Exception {
        Entry mine = entries.getItem(key("ada", 1)), theirs = entries.getItem(key("ada", 1));
        theirs.setAmount(150L);
        Entry updated = entries.updateItem(theirs);
        equal(updated.getVersion(), 2L);
        equal(updated.getEdits(), 12L);
        mine.setAmount(1L);
        ConditionalCheckFailedException refused =
            raised(ConditionalCheckFailedException.class, () -> entries.updateItem(mine));
        equal(refused.awsErrorDetails().errorMessage(), "The conditional request failed");
        equal(refused.awsErrorDetails().errorCode(), "ConditionalCheckFailedException");
        raised(ConditionalCheckFailedException.class, () -> { entries.putItem(mine); return null; });
        Entry part = new Entry();
        part.setAccount("ada");
        part.setNumber(1);
        part.setVersion(2L);
        part.setText("only the text");
        Entry merged = entries.updateItem(r -> r.item(part).ignoreNullsMode(IgnoreNullsMode.SCALAR_ONLY));
        equal(merged.getAmount(), 150L);
        equal(merged.getText(), "only the text");
        equal(merged.getVersion(), 3L);
    }

    void conditions() throws Exception {
        Entry other = entry("ada", 2, 7, "OPEN");
        entries.putItem(PutItemEnhancedRequest.builder(Entry.class).item(other)
            .conditionExpression(Expression.builder().expression("attribute_not_exists(account)").build()).build());
        raised(ConditionalCheckFailedException.class, () -> entries.deleteItem(r -> r.key(key("ada", 2))
            .conditionExpression(where("#a > :v", "amount", n(7)))));
        Entry gone = entries.deleteItem(r -> r.key(key("ada", 2)).conditionExpression(where("#a = :v", "amount", n(7))));
        equal(gone.getAmount(), 7L);
        equal(entries.getItem(key("ada", 2)), null);
    }

    void batches() {
        // Versions are conditions, and a batch has none: the SDK asks for a client without its extensions.
        DynamoDbEnhancedClient plain =
            DynamoDbEnhancedClient.builder().dynamoDbClient(client).extensions(List.of()).build();
        DynamoDbTable<Entry> entries = plain.table(TABLE, TableSchema.fromBean(Entry.class));
        List<Entry> many = IntStream.range(10, 35)
                               .mapToObj(i -> entry("grace", i, i, i % 2 == 0 ? "EVEN" : "ODD"))
                               .collect(Collectors.toList());
        WriteBatch.Builder<Entry> writes = WriteBatch.builder(Entry.class).mappedTableResource(entries);
        many.forEach(writes::addPutItem);
        BatchWriteResult written =
            plain.batchWriteItem(BatchWriteItemEnhancedRequest.builder().writeBatches(writes.build()).build());
        equal(written.unprocessedPutItemsForTable(entries), List.of());
        ReadBatch.Builder<Entry> reads = ReadBatch.builder(Entry.class).mappedTableResource(entries);
        many.forEach(reads::addGetItem);
        reads.addGetItem(key("grace", 404));
        BatchGetResultPageIterable got =
            plain.batchGetItem(BatchGetItemEnhancedRequest.builder().readBatches(reads.build()).build());
        equal(got.resultsForTable(entries).stream().mapToLong(Entry::getAmount).sum(),
              many.stream().mapToLong(Entry::getAmount).sum());
    }

    void queries() {
        equal(numbers(entries.query(QueryConditional.sortBetween(key("grace", 12), key("grace", 15))).items()),
              List.of(12, 13, 14, 15));
        List<Integer> sizes = new ArrayList<>(), seen = new ArrayList<>();
        for (Page<Entry> page : entries.query(r -> r.queryConditional(QueryConditional.sortGreaterThan(key("grace", 20)))
                .limit(4).scanIndexForward(false))) {
            sizes.add(page.items().size());
            seen.addAll(numbers(page.items()));
        }
        equal(seen, IntStream.iterate(34, i -> i > 20, i -> i - 1).boxed().collect(Collectors.toList()));
        equal(sizes, List.of(4, 4, 4, 2));
        QueryConditional grace = QueryConditional.keyEqualTo(k -> k.partitionValue("grace"));
        Expression small = where("#a < :v", "amount", n(12));
        equal(numbers(entries.query(r -> r.queryConditional(grace).filterExpression(small)
            .attributesToProject("number")).items()), List.of(10, 11));
        equal(entries.scan(r -> r.limit(5).consistentRead(true)).items().stream().count(), 26L);
    }

    void globalIndex() {
        List<Integer> odd = new ArrayList<>();
        Key before = Key.builder().partitionValue("ODD").sortValue("2026-11-01T20:00:00Z").build();
        entries.index("by-state").query(r -> r.limit(3).queryConditional(QueryConditional.sortLessThan(before)))
            .forEach(page -> odd.addAll(numbers(page.items())));
        equal(odd, List.of(11, 13, 15, 17, 19));
        long all = 0;
        for (Page<Entry> page : entries.index("by-state").scan(r -> r.limit(10))) all += page.items().size();
        equal(all, 26L);
    }

    void transactions() throws Exception {
        enhanced.transactWriteItems(TransactWriteItemsEnhancedRequest.builder().clientRequestToken("java-token")
            .addPutItem(entries, entry("joan", 1, 5, "OPEN"))
            .addDeleteItem(entries, key("grace", 10))
            .addConditionCheck(entries, ConditionCheck.builder().key(key("grace", 11))
                .conditionExpression(where("#a = :v", "amount", n(11))).build()).build());
        TransactGetItemsEnhancedRequest asked = TransactGetItemsEnhancedRequest.builder()
            .addGetItem(entries, key("joan", 1)).addGetItem(entries, key("grace", 10)).build();
        var documents = enhanced.transactGetItems(asked);
        equal(documents.get(0).getItem(entries).getAmount(), 5L);
        equal(documents.get(1).getItem(entries), null);
        TransactionCanceledException refused = raised(TransactionCanceledException.class, () -> {
            enhanced.transactWriteItems(r -> r.addPutItem(entries, entry("joan", 2, 5, "OPEN"))
                .addConditionCheck(entries, c -> c.key(key("joan", 1)).conditionExpression(where("#a = :v", "amount", n(6)))
                    .returnValuesOnConditionCheckFailure("ALL_OLD")));
            return null;
        });
        equal(refused.cancellationReasons().stream().map(CancellationReason::code).collect(Collectors.toList()),
            List.of("None", "ConditionalCheckFailed"));
        equal(refused.cancellationReasons().get(1).item().get("amount"), n(5));
        equal(entries.getItem(key("joan", 2)), null);
    }

    /** Items of no class: the document API of the enhanced client. */
    void documents() {
        DynamoDbTable<EnhancedDocument> table = enhanced.table(TABLE, TableSchema.documentSchemaBuilder()
            .addIndexPartitionKey(TableMetadata.primaryIndexName(), "account", AttributeValueType.S)
            .addIndexSortKey(TableMetadata.primaryIndexName(), "number", AttributeValueType.N)
            .attributeConverterProviders(AttributeConverterProvider.defaultProvider()).build());
        String json = "{\"account\":\"doc\",\"number\":1,\"deep\":{\"list\":[1,\"two\",null,true]}}";
        table.putItem(EnhancedDocument.builder()
                          .attributeConverterProviders(AttributeConverterProvider.defaultProvider())
                          .json(json)
                          .build());
        EnhancedDocument got = table.getItem(key("doc", 1));
        equal(got.getMapOfUnknownType("deep").get("list"),
              AttributeValue.fromL(List.of(AttributeValue.fromN("1"), AttributeValue.fromS("two"),
                                           AttributeValue.fromNul(true), AttributeValue.fromBool(true))));
        equal(got.getNumber("number").intValue(), 1);
    }

    void tableIsGone() throws Exception {
        entries.deleteTable();
        waiter.waitUntilTableNotExists(r -> r.tableName(TABLE));
        raised(ResourceNotFoundException.class, () -> entries.getItem(key("ada", 1)));
    }

    public static void main(String[] arguments) {
        EnhancedClient it = new EnhancedClient(arguments[0]);
        test("a table is made from the bean", it::tableIsMade);
        test("time to live", it::timeToLive);
        test("a bean comes back as it was", it::beansComeBack);
        test("versions and atomic counters", it::versionsAndCounters);
        test("conditions", it::conditions);
        test("batches", it::batches);
        test("queries", it::queries);
        test("the global index", it::globalIndex);
        test("transactions", it::transactions);
        test("documents", it::documents);
        test("the table is deleted", it::tableIsGone);
        System.out.println(passed + " passed, " + failed + " failed");
        System.exit(failed == 0 ? 0 : 1);
    }
}
