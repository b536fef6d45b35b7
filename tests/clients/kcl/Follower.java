// SPDX-License-Identifier: Apache-2.0

// A worker of the Kinesis Client Library with the DynamoDB Streams adapter, as an application would be: it leases the
// shards of a stream, with its leases in tables of the same server, prints each record that it is handed and checkpoints
// after every third batch. The library is as it is, only its pauses are shorter and its metrics go nowhere.
//
//   java -cp ... Follower ENDPOINT STREAM_ARN WORKER
//
// A line for each record: `record SHARD SEQUENCE_NUMBER KEY MARK`, with `-` for the mark of a deletion, and for each
// checkpoint: `saved SHARD`. Ends when its input does: gracefully, the last batch checkpointed.

import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.StreamsSchedulerFactory;
import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsClientRecord;
import com.amazonaws.services.dynamodbv2.streamsadapter.model.DynamoDBStreamsProcessRecordsInput;
import com.amazonaws.services.dynamodbv2.streamsadapter.polling.DynamoDBStreamsPollingConfig;
import com.amazonaws.services.dynamodbv2.streamsadapter.processor.DynamoDBStreamsShardRecordProcessor;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;

public class Follower {
    static class Processor implements DynamoDBStreamsShardRecordProcessor {
        private String shard;
        private int batches;

        @Override
        public void initialize(InitializationInput input) {
            shard = input.shardId();
        }

        @Override
        public void processRecords(DynamoDBStreamsProcessRecordsInput input) {
            for (DynamoDBStreamsClientRecord each : input.records()) print(each);
            if (++batches % 3 == 0) checkpoint(input.checkpointer());
        }

        private void print(DynamoDBStreamsClientRecord each) {
            var change = each.getRecord().dynamodb();
            Map<String, AttributeValue> image = change.newImage();
            String mark = image.containsKey("mark") ? image.get("mark").s() : "-";
            System.out.println("record " + shard + " " + change.sequenceNumber() + " " + change.keys().get("pk").s() +
                               " " + mark);
        }

        /** What cannot be checkpointed now (the server is away, the lease is lost) is delivered again later. */
        private void checkpoint(RecordProcessorCheckpointer checkpointer) {
            try {
                checkpointer.checkpoint();
                System.out.println("saved " + shard);
            } catch (Exception problem) {
                System.out.println("unsaved " + shard + " " + problem.getClass().getSimpleName());
            }
        }

        @Override
        public void leaseLost(LeaseLostInput input) {
        }

        @Override
        public void shardEnded(ShardEndedInput input) {
            System.out.println("ended " + shard);
            checkpoint(input.checkpointer());
        }

        @Override
        public void shutdownRequested(ShutdownRequestedInput input) {
            checkpoint(input.checkpointer());
        }
    }

    public static void main(String[] arguments) throws Exception {
        URI endpoint = URI.create(arguments[0]);
        String stream = arguments[1], worker = arguments[2];
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIASTATORTESTKEY001", "a-secret/of+forty/characters0123456789ab"));
        var leases = DynamoDbAsyncClient.builder()
                         .endpointOverride(endpoint)
                         .region(Region.US_EAST_1)
                         .credentialsProvider(credentials)
                         .build();
        var records = DynamoDbStreamsClient.builder()
                          .endpointOverride(endpoint)
                          .region(Region.US_EAST_1)
                          .credentialsProvider(credentials)
                          .build();
        var unused = CloudWatchAsyncClient.builder().region(Region.US_EAST_1).credentialsProvider(credentials).build();
        var adapter = new AmazonDynamoDBStreamsAdapterClient(records, Region.US_EAST_1);
        var begin = InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON);
        var configs = new ConfigsBuilder(StreamsSchedulerFactory.createSingleStreamTracker(stream, begin), "KclLeases",
                                         adapter, leases, unused, worker, Processor::new);
        var none = new NullMetricsFactory();

        LeaseManagementConfig leasing = configs.leaseManagementConfig()
                                            .metricsFactory(none)
                                            .failoverTimeMillis(3000)
                                            .leaseAssignmentIntervalMillis(1000L)
                                            .shardSyncIntervalMillis(1000)
                                            .leasesRecoveryAuditorExecutionFrequencyMillis(1000)
                                            .leasesRecoveryAuditorInconsistencyConfidenceThreshold(1)
                                            .listShardsCacheAllowedAgeInSeconds(1);
        leasing.workerUtilizationAwareAssignmentConfig().disableWorkerMetrics(true).workerMetricsReporterFreqInMillis(
            1000);
        Scheduler scheduler = StreamsSchedulerFactory.createScheduler(
            configs.checkpointConfig(),
            configs.coordinatorConfig().parentShardPollIntervalMillis(500).shardConsumerDispatchPollIntervalMillis(200),
            leasing, configs.lifecycleConfig().taskBackoffTimeMillis(200), configs.metricsConfig().metricsFactory(none),
            configs.processorConfig(),
            configs.retrievalConfig().initialPositionInStreamExtended(begin).retrievalSpecificConfig(
                new DynamoDBStreamsPollingConfig(adapter).idleTimeBetweenReadsInMillis(200)),
            records, Region.US_EAST_1);
        Thread running = new Thread(scheduler);
        running.start();
        while (System.in.read() >= 0) { }
        boolean graceful = scheduler.startGracefulShutdown().get(60, TimeUnit.SECONDS);
        System.out.println("end " + graceful);
        System.exit(0);
    }
}
