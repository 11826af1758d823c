"""Executes a state machine with moto's interpreter: `python execute_state_machine.py DEFINITION`.

Each line of the standard input is the input of an execution, or `redrive`, which goes on at the state in which the execution
before it failed, with the input of that state. Each execution's end is a line of JSON.

Lambda and S3 are those of AWS_ENDPOINT_URL_LAMBDA and AWS_ENDPOINT_URL_S3: only Step Functions is interpreted here.
"""

import json
import os
import sys
import time

import boto3
from moto import mock_aws
from moto.stepfunctions.parser.api import HistoryEventType, MapRunFailedEventDetails
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.distributed_iteration_component import (
    DistributedIterationComponent,
)
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails

SERVERS = [os.environ["AWS_ENDPOINT_URL_LAMBDA"], os.environ["AWS_ENDPOINT_URL_S3"]]

CONFIG = {
    "core": {"mock_credentials": False, "passthrough": {"urls": [f"{server}.*" for server in SERVERS]}},
    "stepfunctions": {"execute_state_machine": True},
}


def tolerate_failures():
    """moto evaluates how many failures a distributed map tolerates, and then tolerates all: count them here.

    AWS stops the map as soon as there are too many; here its other items are done first.
    """
    run_map = DistributedIterationComponent._map_run

    def run_map_and_count(self, env, eval_input):
        run_map(self, env, eval_input)
        failed = eval_input.map_run_record.item_counter.failed.get()
        if failed > eval_input.tolerated_failure_count:
            error = StatesErrorName(typ=StatesErrorNameType.StatesExceedToleratedFailureThreshold)
            details = MapRunFailedEventDetails(error=error.error_name, cause=f"{failed} items failed")
            raise FailureEventException(
                FailureEvent(
                    env=env,
                    error_name=error,
                    event_type=HistoryEventType.MapRunFailed,
                    event_details=EventDetails(mapRunFailedEventDetails=details),
                )
            )

    DistributedIterationComponent._map_run = run_map_and_count


def failed_state(history):
    """The state that an execution was last in, and its input."""
    entered = [event["stateEnteredEventDetails"] for event in history if "stateEnteredEventDetails" in event]
    return entered[-1]["name"], entered[-1]["input"]


@mock_aws(config=CONFIG)
def main(path):
    tolerate_failures()
    client = boto3.client("stepfunctions")
    with open(path, encoding="utf-8") as file:
        definition = json.load(file)
    history = []
    for number, line in enumerate(sys.stdin):
        step = line.strip()
        start_at, text = failed_state(history) if step == "redrive" else (definition["StartAt"], step)
        machine = client.create_state_machine(
            name=f"digits-{number}",
            definition=json.dumps({**definition, "StartAt": start_at}),
            roleArn="arn:aws:iam::123456789012:role/fleet",
        )
        execution = client.start_execution(stateMachineArn=machine["stateMachineArn"], input=text)
        arn = execution["executionArn"]
        while (end := client.describe_execution(executionArn=arn))["status"] == "RUNNING":
            time.sleep(0.1)
        history = client.get_execution_history(executionArn=arn, maxResults=1000)["events"]
        runs = client.list_map_runs(executionArn=arn)["mapRuns"]
        counts = [client.describe_map_run(mapRunArn=run["mapRunArn"])["itemCounts"] for run in runs]
        print(
            json.dumps(
                {
                    "status": end["status"],
                    "output": json.loads(end["output"]) if "output" in end else None,
                    "error": end.get("error"),
                    "cause": end.get("cause"),
                    "startAt": start_at,
                    "maps": [{name: count[name] for name in ("total", "succeeded", "failed")} for count in counts],
                }
            ),
            flush=True,
        )


main(sys.argv[1])
