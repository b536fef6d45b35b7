// SPDX-License-Identifier: Apache-2.0

// The task list of a small application, written against the Go SDK as its documentation shows it: a table, items in and
// out of Go structs, expressions by the builder, a global index added later, optimistic locking, pages, waiters.
//
//	go run . http://127.0.0.1:8000
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

const table = "GoTasks"

type task struct {
	PK, SK  string
	TaskId  string
	Title   string
	Status  string
	Version int
	Tags    []string `dynamodbav:",stringset,omitempty"`
	Steps   []step
	Due     *time.Time `dynamodbav:",omitempty"`
	GSI1PK  string     `dynamodbav:",omitempty"`
	GSI1SK  string     `dynamodbav:",omitempty"`
}

type step struct {
	Name string
	Done bool
}

var passed, failed int

func check(good bool, what string, detail ...interface{}) {
	if good {
		passed++
		return
	}
	failed++
	fmt.Println("FAIL", what)
	fmt.Println("   ", fmt.Sprint(detail...))
}

func must(err error, what string) {
	check(err == nil, what, err)
	if err != nil {
		finish()
	}
}

func finish() {
	fmt.Printf("%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
	os.Exit(0)
}

func key(sk string) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{
		"PK": &types.AttributeValueMemberS{Value: "USER#u123"},
		"SK": &types.AttributeValueMemberS{Value: sk},
	}
}

func connect(endpoint string) *dynamodb.Client {
	return dynamodb.New(dynamodb.Options{
		Region:       "us-east-1",
		BaseEndpoint: aws.String(endpoint),
		Credentials:  credentials.NewStaticCredentialsProvider("AKIASTATORTESTKEY001", "a-secret/of+forty/characters0123456789ab", ""),
	})
}

func createTable(ctx context.Context, db *dynamodb.Client) {
	_, err := db.CreateTable(ctx, &dynamodb.CreateTableInput{
		TableName: aws.String(table),
		AttributeDefinitions: []types.AttributeDefinition{
			{AttributeName: aws.String("PK"), AttributeType: types.ScalarAttributeTypeS},
			{AttributeName: aws.String("SK"), AttributeType: types.ScalarAttributeTypeS},
		},
		KeySchema: []types.KeySchemaElement{
			{AttributeName: aws.String("PK"), KeyType: types.KeyTypeHash},
			{AttributeName: aws.String("SK"), KeyType: types.KeyTypeRange},
		},
		BillingMode: types.BillingModePayPerRequest,
	})
	must(err, "CreateTable")
	waiter := dynamodb.NewTableExistsWaiter(db)
	err = waiter.Wait(ctx, &dynamodb.DescribeTableInput{TableName: aws.String(table)}, time.Minute)
	must(err, "the table-exists waiter")
}

func putAndGet(ctx context.Context, db *dynamodb.Client) {
	due := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	tasks := []task{
		{PK: "USER#u123", SK: "TASK#t001", TaskId: "t001", Title: "Write", Status: "OPEN", Version: 1,
			Tags: []string{"home", "urgent"}, Steps: []step{{"draft", true}, {"print", false}}, Due: &due},
		{PK: "USER#u123", SK: "TASK#t002", TaskId: "t002", Title: "Read", Status: "IN_PROGRESS", Version: 1},
	}
	for _, each := range tasks {
		item, err := attributevalue.MarshalMap(each)
		must(err, "MarshalMap")
		_, err = db.PutItem(ctx, &dynamodb.PutItemInput{TableName: aws.String(table), Item: item,
			ConditionExpression: aws.String("attribute_not_exists(PK)")})
		must(err, "PutItem "+each.TaskId)
	}
	got, err := db.GetItem(ctx, &dynamodb.GetItemInput{TableName: aws.String(table), Key: key("TASK#t001"),
		ConsistentRead: aws.Bool(true)})
	must(err, "GetItem")
	var back task
	must(attributevalue.UnmarshalMap(got.Item, &back), "UnmarshalMap")
	check(back.Title == "Write" && len(back.Tags) == 2 && len(back.Steps) == 2 && back.Steps[0].Done &&
		back.Due.Equal(due), "the item comes back as the struct it was", back)

	missing, err := db.GetItem(ctx, &dynamodb.GetItemInput{TableName: aws.String(table), Key: key("none")})
	must(err, "GetItem of nothing")
	check(missing.Item == nil, "a missing item is nil", missing.Item)
}

func queryByPrefix(ctx context.Context, db *dynamodb.Client) {
	built, err := expression.NewBuilder().
		WithKeyCondition(expression.Key("PK").Equal(expression.Value("USER#u123")).
			And(expression.Key("SK").BeginsWith("TASK#"))).
		WithFilter(expression.Name("Status").NotEqual(expression.Value("DONE"))).
		WithProjection(expression.NamesList(expression.Name("TaskId"), expression.Name("Status"),
			expression.Name("Steps[0].Name"))).
		Build()
	must(err, "the expression builder")
	pages := dynamodb.NewQueryPaginator(db, &dynamodb.QueryInput{TableName: aws.String(table),
		KeyConditionExpression: built.KeyCondition(), FilterExpression: built.Filter(),
		ProjectionExpression: built.Projection(), ExpressionAttributeNames: built.Names(),
		ExpressionAttributeValues: built.Values(), Limit: aws.Int32(1)})
	var found []task
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		must(err, "a page of the query")
		var some []task
		must(attributevalue.UnmarshalListOfMaps(page.Items, &some), "UnmarshalListOfMaps")
		found = append(found, some...)
	}
	check(len(found) == 2 && found[0].TaskId == "t001" && found[1].Status == "IN_PROGRESS" &&
		found[0].Title == "" && found[0].Steps[0].Name == "draft", "two projected tasks in order", found)
}

func addIndex(ctx context.Context, db *dynamodb.Client) {
	_, err := db.UpdateTable(ctx, &dynamodb.UpdateTableInput{
		TableName: aws.String(table),
		AttributeDefinitions: []types.AttributeDefinition{
			{AttributeName: aws.String("GSI1PK"), AttributeType: types.ScalarAttributeTypeS},
			{AttributeName: aws.String("GSI1SK"), AttributeType: types.ScalarAttributeTypeS},
		},
		GlobalSecondaryIndexUpdates: []types.GlobalSecondaryIndexUpdate{{Create: &types.CreateGlobalSecondaryIndexAction{
			IndexName: aws.String("GSI1"),
			KeySchema: []types.KeySchemaElement{
				{AttributeName: aws.String("GSI1PK"), KeyType: types.KeyTypeHash},
				{AttributeName: aws.String("GSI1SK"), KeyType: types.KeyTypeRange},
			},
			Projection: &types.Projection{ProjectionType: types.ProjectionTypeAll},
		}}},
	})
	must(err, "UpdateTable")
	for tries := 0; tries < 600; tries++ {
		described, err := db.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: aws.String(table)})
		must(err, "DescribeTable")
		indexes := described.Table.GlobalSecondaryIndexes
		if len(indexes) == 1 && indexes[0].IndexStatus == types.IndexStatusActive {
			passed++
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	check(false, "the index becomes ACTIVE")
}

func useIndex(ctx context.Context, db *dynamodb.Client) {
	for sk, status := range map[string]string{"TASK#t001": "STATUS#OPEN", "TASK#t002": "STATUS#IN_PROGRESS"} {
		update, err := expression.NewBuilder().WithUpdate(
			expression.Set(expression.Name("GSI1PK"), expression.Value(status)).
				Set(expression.Name("GSI1SK"), expression.Name("SK"))).Build()
		must(err, "the update builder")
		_, err = db.UpdateItem(ctx, &dynamodb.UpdateItemInput{TableName: aws.String(table), Key: key(sk),
			UpdateExpression: update.Update(), ExpressionAttributeNames: update.Names(),
			ExpressionAttributeValues: update.Values()})
		must(err, "UpdateItem of the index attributes")
	}
	found, err := db.Query(ctx, &dynamodb.QueryInput{TableName: aws.String(table), IndexName: aws.String("GSI1"),
		KeyConditionExpression:    aws.String("GSI1PK = :s"),
		ExpressionAttributeValues: map[string]types.AttributeValue{":s": &types.AttributeValueMemberS{Value: "STATUS#OPEN"}}})
	must(err, "Query of the index")
	check(found.Count == 1 && found.Items[0]["TaskId"].(*types.AttributeValueMemberS).Value == "t001",
		"only the open task is found", found.Items)
}

func lockOptimistically(ctx context.Context, db *dynamodb.Client) {
	one := map[string]types.AttributeValue{":one": &types.AttributeValueMemberN{Value: "1"}}
	request := &dynamodb.UpdateItemInput{TableName: aws.String(table), Key: key("TASK#t001"),
		UpdateExpression: aws.String("SET Version = Version + :one"), ConditionExpression: aws.String("Version = :one"),
		ExpressionAttributeValues: one, ReturnValues: types.ReturnValueUpdatedNew,
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld}
	done, err := db.UpdateItem(ctx, request)
	must(err, "the first conditional update")
	check(done.Attributes["Version"].(*types.AttributeValueMemberN).Value == "2", "the version is 2", done.Attributes)
	_, err = db.UpdateItem(ctx, request)
	var refused *types.ConditionalCheckFailedException
	check(errors.As(err, &refused), "the second one is refused", err)
	check(refused != nil && refused.Item["TaskId"] != nil, "and shows the item", err)
}

func transact(ctx context.Context, db *dynamodb.Client) {
	turn := func(sk, to, condition string) types.TransactWriteItem {
		return types.TransactWriteItem{Update: &types.Update{TableName: aws.String(table), Key: key(sk),
			UpdateExpression: aws.String("SET Turn = :to"), ConditionExpression: aws.String(condition),
			ExpressionAttributeValues:           map[string]types.AttributeValue{":to": &types.AttributeValueMemberS{Value: to}},
			ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld}}
	}
	get := func(sk string) types.TransactGetItem {
		return types.TransactGetItem{Get: &types.Get{TableName: aws.String(table), Key: key(sk), ProjectionExpression: aws.String("Turn")}}
	}
	_, err := db.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{
		turn("TASK#t001", "a", "attribute_not_exists(Turn)"), turn("TASK#t002", "b", "attribute_not_exists(Turn)")}})
	must(err, "TransactWriteItems")
	_, err = db.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{
		turn("TASK#t001", "c", "attribute_exists(Turn)"), turn("TASK#t002", "c", "attribute_not_exists(Turn)")}})
	var refused *types.TransactionCanceledException
	check(errors.As(err, &refused), "a condition cancels the transaction", err)
	check(refused != nil && len(refused.CancellationReasons) == 2 && *refused.CancellationReasons[0].Code == "None" &&
		*refused.CancellationReasons[1].Code == "ConditionalCheckFailed" && refused.CancellationReasons[1].Item["Turn"] != nil,
		"with its reasons", err)
	got, err := db.TransactGetItems(ctx, &dynamodb.TransactGetItemsInput{TransactItems: []types.TransactGetItem{
		get("TASK#t001"), get("TASK#t002"), get("none")}})
	must(err, "TransactGetItems")
	check(got.Responses[0].Item["Turn"].(*types.AttributeValueMemberS).Value == "a" &&
		got.Responses[1].Item["Turn"].(*types.AttributeValueMemberS).Value == "b" && got.Responses[2].Item == nil,
		"both items are as they were", got.Responses)
}

func batches(ctx context.Context, db *dynamodb.Client) {
	var writes []types.WriteRequest
	var keys []map[string]types.AttributeValue
	for i := 0; i < 25; i++ {
		item := key(fmt.Sprintf("BATCH#%03d", i))
		keys = append(keys, key(fmt.Sprintf("BATCH#%03d", i)))
		writes = append(writes, types.WriteRequest{PutRequest: &types.PutRequest{Item: item}})
	}
	written, err := db.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{
		RequestItems: map[string][]types.WriteRequest{table: writes}})
	must(err, "BatchWriteItem")
	check(len(written.UnprocessedItems) == 0, "everything was processed", written.UnprocessedItems)
	got, err := db.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{
		RequestItems: map[string]types.KeysAndAttributes{table: {Keys: keys}}})
	must(err, "BatchGetItem")
	check(len(got.Responses[table]) == 25, "all 25 come back", len(got.Responses[table]))
	count := 0
	pages := dynamodb.NewScanPaginator(db, &dynamodb.ScanInput{TableName: aws.String(table), Limit: aws.Int32(10)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		must(err, "a page of the scan")
		count += int(page.Count)
	}
	check(count == 27, "a scan finds every item once", count)
}

func deleteTable(ctx context.Context, db *dynamodb.Client) {
	_, err := db.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: aws.String(table)})
	must(err, "DeleteTable")
	waiter := dynamodb.NewTableNotExistsWaiter(db)
	err = waiter.Wait(ctx, &dynamodb.DescribeTableInput{TableName: aws.String(table)}, time.Minute)
	must(err, "the table-not-exists waiter")
	_, err = db.GetItem(ctx, &dynamodb.GetItemInput{TableName: aws.String(table), Key: key("x")})
	var missing *types.ResourceNotFoundException
	check(errors.As(err, &missing), "a read of the deleted table", err)
}

func main() {
	ctx := context.Background()
	db := connect(os.Args[1])
	createTable(ctx, db)
	putAndGet(ctx, db)
	queryByPrefix(ctx, db)
	addIndex(ctx, db)
	useIndex(ctx, db)
	lockOptimistically(ctx, db)
	transact(ctx, db)
	batches(ctx, db)
	deleteTable(ctx, db)
	finish()
}
