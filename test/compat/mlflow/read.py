"""Prints the traces of an experiment as MLflow's own client reads them, as JSON. Arguments: server, experiment's name."""

import json
import sys

import mlflow
from mlflow import MlflowClient

uri, name = sys.argv[1:]
mlflow.set_tracking_uri(uri)
client = MlflowClient()
experiment = client.get_experiment_by_name(name)
traces = client.search_traces(locations=[experiment.experiment_id])


def span_of(span):
    return {
        "name": span.name,
        "id": span.span_id,
        "parent": span.parent_id,
        "type": span.span_type,
        "inputs": span.inputs,
        "outputs": span.outputs,
        "status": span.status.status_code.value,
        "message": span.status.description,
        "attributes": {k: v for k, v in span.attributes.items() if not k.startswith("mlflow.")},
        "events": [{"name": e.name, "attributes": dict(e.attributes)} for e in span.events],
        "nanos": span.end_time_ns - span.start_time_ns,
    }


json.dump(
    {
        trace.info.tags.get("mlflow.traceName", trace.info.trace_id): {
            "id": trace.info.trace_id,
            "state": trace.info.state.value,
            "tags": {k: v for k, v in trace.info.tags.items() if not k.startswith("mlflow.") or k == "mlflow.traceName"},
            "metadata": trace.info.trace_metadata,
            "request": trace.info.request_preview,
            "response": trace.info.response_preview,
            "clientRequestId": trace.info.client_request_id,
            "tokens": trace.info.token_usage,
            "spans": [span_of(span) for span in trace.data.spans],
        }
        for trace in traces
    },
    sys.stdout,
)
