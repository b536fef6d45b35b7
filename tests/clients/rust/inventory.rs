// SPDX-License-Identifier: Apache-2.0

// A stock of parts with the Rust SDK: a table with a stream, items in and out, typed errors, pages, batches, transactions,
// a statement, time to live, waiters, and the stream that tells of it all.
//
//   inventory http://127.0.0.1:8000

use aws_sdk_dynamodb::client::Waiters;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, Delete, GlobalSecondaryIndex, KeySchemaElement, KeyType,
    KeysAndAttributes, Projection, ProjectionType, Put, PutRequest, ReturnValue, ReturnValuesOnConditionCheckFailure,
    ScalarAttributeType, StreamSpecification, StreamViewType, TimeToLiveSpecification, TransactWriteItem, Update,
    WriteRequest,
};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodbstreams::types::{OperationType, ShardIteratorType};
use std::collections::HashMap;
use std::fmt::Debug;
use std::time::Duration;

const TABLE: &str = "RustParts";

type Failure = Box<dyn std::error::Error>;
type Item = HashMap<String, AttributeValue>;

fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

fn n(number: i64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

fn equal<T: PartialEq + Debug>(got: T, expected: T) -> Result<(), Failure> {
    if got == expected {
        return Ok(());
    }
    Err(format!("got {got:?}, expected {expected:?}").into())
}

fn key(shelf: &str, part: i64) -> Item {
    HashMap::from([("shelf".into(), s(shelf)), ("part".into(), n(part))])
}

fn part(shelf: &str, number: i64, count: i64) -> Item {
    let mut item = key(shelf, number);
    item.extend([
        ("count".to_string(), n(count)),
        ("kind".to_string(), s(if number % 2 == 0 { "bolt" } else { "nut" })),
    ]);
    item
}

fn parts_of(items: &[Item]) -> Vec<i64> {
    items.iter().map(|item| item["part"].as_n().unwrap().parse().unwrap()).collect()
}

async fn table_is_made(db: &Client) -> Result<(), Failure> {
    let define = |name: &str, kind| AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build();
    let element = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
    db.create_table()
        .table_name(TABLE)
        .billing_mode(BillingMode::PayPerRequest)
        .attribute_definitions(define("shelf", ScalarAttributeType::S)?)
        .attribute_definitions(define("part", ScalarAttributeType::N)?)
        .attribute_definitions(define("kind", ScalarAttributeType::S)?)
        .key_schema(element("shelf", KeyType::Hash)?)
        .key_schema(element("part", KeyType::Range)?)
        .global_secondary_indexes(
            GlobalSecondaryIndex::builder()
                .index_name("by-kind")
                .key_schema(element("kind", KeyType::Hash)?)
                .key_schema(element("part", KeyType::Range)?)
                .projection(Projection::builder().projection_type(ProjectionType::KeysOnly).build())
                .build()?,
        )
        .stream_specification(
            StreamSpecification::builder()
                .stream_enabled(true)
                .stream_view_type(StreamViewType::NewAndOldImages)
                .build()?,
        )
        .send()
        .await?;
    let told = db.wait_until_table_exists().table_name(TABLE).wait(Duration::from_secs(60)).await?;
    let table = told.into_result()?.table.ok_or("no table is described")?;
    equal(table.table_status.map(|it| it.as_str().to_string()), Some("ACTIVE".into()))?;
    equal(table.item_count, Some(0))?;
    let ttl = TimeToLiveSpecification::builder().enabled(true).attribute_name("expires").build()?;
    db.update_time_to_live().table_name(TABLE).time_to_live_specification(ttl).send().await?;
    let told =
        db.describe_time_to_live().table_name(TABLE).send().await?.time_to_live_description.ok_or("no description")?;
    equal(told.attribute_name.as_deref(), Some("expires"))
}

async fn items_come_back(db: &Client) -> Result<(), Failure> {
    let mut made = part("A", 1, 5);
    made.insert("drawing".into(), AttributeValue::B(vec![0u8, 1, 255].into()));
    made.insert("sizes".into(), AttributeValue::Ns(vec!["1".into(), "2.5".into()]));
    made.insert(
        "deep".into(),
        AttributeValue::M(HashMap::from([(
            "list".to_string(),
            AttributeValue::L(vec![s("Grüße, 世界"), AttributeValue::Null(true), AttributeValue::Bool(false)]),
        )])),
    );
    db.put_item().table_name(TABLE).set_item(Some(made.clone())).send().await?;
    let mut got = db
        .get_item()
        .table_name(TABLE)
        .set_key(Some(key("A", 1)))
        .consistent_read(true)
        .send()
        .await?
        .item
        .ok_or("no item")?;
    for item in [&mut got, &mut made] {
        if let Some(AttributeValue::Ns(sizes)) = item.get_mut("sizes") {
            sizes.sort(); // a set has no order
        }
    }
    equal(got, made)?;
    equal(db.get_item().table_name(TABLE).set_key(Some(key("A", 404))).send().await?.item, None)
}

async fn updates_and_conditions(db: &Client) -> Result<(), Failure> {
    let take = |count| {
        db.update_item()
            .table_name(TABLE)
            .set_key(Some(key("A", 1)))
            .update_expression("SET #c = #c - :n REMOVE drawing")
            .condition_expression("#c >= :n")
            .expression_attribute_names("#c", "count")
            .expression_attribute_values(":n", n(count))
            .return_values(ReturnValue::UpdatedNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
    };
    equal(take(3).await?.attributes.ok_or("no attributes")?["count"].clone(), n(2))?;
    let refused = take(3).await.err().ok_or("more was taken than there is")?.into_service_error();
    equal(refused.to_string(), "ConditionalCheckFailedException: The conditional request failed".into())?;
    match refused {
        aws_sdk_dynamodb::operation::update_item::UpdateItemError::ConditionalCheckFailedException(it) => {
            equal(it.item().ok_or("no item is shown")?["count"].clone(), n(2))
        }
        other => Err(other.into()),
    }
}

async fn batches_and_pages(db: &Client) -> Result<(), Failure> {
    let puts: Result<Vec<_>, _> = (1..=25)
        .map(|i| {
            Ok::<_, Failure>(
                WriteRequest::builder()
                    .put_request(PutRequest::builder().set_item(Some(part("B", i, i))).build()?)
                    .build(),
            )
        })
        .collect();
    let left = db.batch_write_item().request_items(TABLE, puts?).send().await?;
    equal(left.unprocessed_items.map(|it| it.len()), Some(0))?;
    let keys = KeysAndAttributes::builder()
        .set_keys(Some((1..=26).map(|i| key("B", i)).collect()))
        .consistent_read(true)
        .build()?;
    let got = db.batch_get_item().request_items(TABLE, keys).send().await?;
    equal(got.responses.ok_or("no responses")?[TABLE].len(), 25)?;
    let mut pages = db
        .query()
        .table_name(TABLE)
        .key_condition_expression("shelf = :s AND part BETWEEN :a AND :b")
        .expression_attribute_values(":s", s("B"))
        .expression_attribute_values(":a", n(3))
        .expression_attribute_values(":b", n(9))
        .scan_index_forward(false)
        .limit(3)
        .into_paginator()
        .send();
    let mut sizes = vec![];
    let mut seen = vec![];
    while let Some(page) = pages.next().await {
        let page = page?;
        sizes.push(page.count);
        seen.extend(parts_of(page.items()));
    }
    equal((sizes, seen), (vec![3, 3, 1], vec![9, 8, 7, 6, 5, 4, 3]))?;
    let items: Result<Vec<Item>, _> =
        db.scan().table_name(TABLE).limit(4).into_paginator().items().send().collect().await;
    equal(items?.len(), 26)?;
    let nuts = db
        .query()
        .table_name(TABLE)
        .index_name("by-kind")
        .key_condition_expression("kind = :k AND part > :p")
        .expression_attribute_values(":k", s("nut"))
        .expression_attribute_values(":p", n(18))
        .send()
        .await?;
    equal(parts_of(nuts.items()), vec![19, 21, 23, 25])
}

async fn transactions(db: &Client) -> Result<(), Failure> {
    let delete = |number| {
        Delete::builder()
            .table_name(TABLE)
            .set_key(Some(key("B", number)))
            .condition_expression("attribute_exists(part)")
    };
    let put = |number| Put::builder().table_name(TABLE).set_item(Some(part("C", number, 1))).build();
    let count = Update::builder()
        .table_name(TABLE)
        .set_key(Some(key("A", 1)))
        .update_expression("ADD moved :one")
        .expression_attribute_values(":one", n(1))
        .build()?;
    db.transact_write_items()
        .client_request_token("rust-token")
        .transact_items(TransactWriteItem::builder().delete(delete(1).build()?).build())
        .transact_items(TransactWriteItem::builder().put(put(1)?).build())
        .transact_items(TransactWriteItem::builder().update(count).build())
        .send()
        .await?;
    equal(db.get_item().table_name(TABLE).set_key(Some(key("B", 1))).send().await?.item, None)?;
    let refused = db
        .transact_write_items()
        .transact_items(TransactWriteItem::builder().put(put(2)?).build())
        .transact_items(TransactWriteItem::builder().delete(delete(1).build()?).build())
        .send()
        .await
        .err()
        .ok_or("a part was moved twice")?
        .into_service_error();
    let aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError::TransactionCanceledException(it) =
        refused
    else {
        return Err(refused.into());
    };
    equal(
        it.cancellation_reasons().iter().map(|reason| reason.code().unwrap_or("?")).collect(),
        vec!["None", "ConditionalCheckFailed"],
    )?;
    equal(db.get_item().table_name(TABLE).set_key(Some(key("C", 2))).send().await?.item, None)
}

async fn statements(db: &Client) -> Result<(), Failure> {
    let found = db
        .execute_statement()
        .statement(format!("SELECT part, \"count\" FROM {TABLE} WHERE shelf = ? AND part IN (?, ?)"))
        .set_parameters(Some(vec![s("B"), n(2), n(3)]))
        .send()
        .await?;
    equal(parts_of(found.items()), vec![2, 3])
}

/// The stream from its beginning: inserts, the change, the move, in the order in which they were made.
async fn stream_tells_it(db: &Client, streams: &aws_sdk_dynamodbstreams::Client) -> Result<(), Failure> {
    let arn = db
        .describe_table()
        .table_name(TABLE)
        .send()
        .await?
        .table
        .and_then(|it| it.latest_stream_arn)
        .ok_or("no stream")?;
    let told = streams.describe_stream().stream_arn(&arn).send().await?.stream_description.ok_or("no description")?;
    let shard = told.shards()[0].shard_id().ok_or("no shard")?;
    let mut next = streams
        .get_shard_iterator()
        .stream_arn(&arn)
        .shard_id(shard)
        .shard_iterator_type(ShardIteratorType::TrimHorizon)
        .send()
        .await?
        .shard_iterator;
    let mut events = vec![];
    while events.len() < 30 {
        let page = streams.get_records().set_shard_iterator(next).limit(7).send().await?;
        if page.records().is_empty() {
            break;
        }
        events.extend(
            page.records()
                .iter()
                .map(|it| (it.event_name().cloned(), it.dynamodb().and_then(|d| d.old_image()).is_some())),
        );
        next = page.next_shard_iterator;
    }
    let mut expected = vec![(Some(OperationType::Insert), false), (Some(OperationType::Modify), true)];
    expected.extend(vec![(Some(OperationType::Insert), false); 25]);
    events[27..].sort_by_key(|it| it.0.as_ref().map(|kind| kind.as_str().to_string())); // of one transaction
    expected.extend([
        (Some(OperationType::Insert), false),
        (Some(OperationType::Modify), true),
        (Some(OperationType::Remove), true),
    ]);
    equal(events, expected)
}

async fn table_is_gone(db: &Client) -> Result<(), Failure> {
    db.delete_table().table_name(TABLE).send().await?;
    db.wait_until_table_not_exists().table_name(TABLE).wait(Duration::from_secs(60)).await?;
    let refused =
        db.get_item().table_name(TABLE).set_key(Some(key("A", 1))).send().await.err().ok_or("a read succeeded")?;
    equal(refused.into_service_error().is_resource_not_found_exception(), true)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let endpoint = std::env::args().nth(1).expect("usage: inventory ENDPOINT");
    let http = aws_smithy_http_client::Builder::new().build_http();
    let credentials = Credentials::new("AKIASTATORTESTKEY001", "a-secret/of+forty/characters0123456789ab", None, None, "test");
    let region = Region::new("us-east-1");
    let config =
        aws_sdk_dynamodb::Config::builder().behavior_version(BehaviorVersion::latest()).endpoint_url(&endpoint);
    let db = Client::from_conf(
        config.region(region.clone()).credentials_provider(credentials.clone()).http_client(http.clone()).build(),
    );
    let config =
        aws_sdk_dynamodbstreams::Config::builder().behavior_version(BehaviorVersion::latest()).endpoint_url(&endpoint);
    let streams = aws_sdk_dynamodbstreams::Client::from_conf(
        config.region(region).credentials_provider(credentials).http_client(http).build(),
    );
    let results = [
        ("a table is made", table_is_made(&db).await),
        ("items come back", items_come_back(&db).await),
        ("updates and conditions", updates_and_conditions(&db).await),
        ("batches and pages", batches_and_pages(&db).await),
        ("transactions", transactions(&db).await),
        ("statements", statements(&db).await),
        ("the stream tells it", stream_tells_it(&db, &streams).await),
        ("the table is deleted", table_is_gone(&db).await),
    ];
    for (what, result) in &results {
        if let Err(problem) = result {
            println!("FAIL {what}\n    {problem} {problem:?}");
        }
    }
    let failed = results.iter().filter(|(_, result)| result.is_err()).count();
    println!("{} passed, {failed} failed", results.len() - failed);
    std::process::exit((failed != 0) as i32);
}
