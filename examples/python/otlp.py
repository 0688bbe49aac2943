"""A pipeline in Python, sent as OTLP in JSON with nothing but the standard library.

`npm run example python-otlp`

What an SDK of OpenTelemetry sends in any language is the same: a step is a span, and a call to a model
one with the names of the GenAI conventions.
"""

import json
import os
import secrets
import time
import urllib.request

COLLECTOR = os.environ["CARROT_BASE_URL"] + "/v1/traces"
MODELS = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1")
INTERNAL, CLIENT = 1, 3
trace_id = secrets.token_hex(16)
spans = []


def post(url, key, body):
    headers = {"Content-Type": "application/json", "Authorization": "Bearer " + key}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


def attribute(key, value):
    if isinstance(value, int):
        return {"key": key, "value": {"intValue": str(value)}}
    if isinstance(value, list):
        values = [{"stringValue": each} for each in value]
        return {"key": key, "value": {"arrayValue": {"values": values}}}
    return {"key": key, "value": {"stringValue": value}}


def begin(name, kind, parent=None):
    span = {"traceId": trace_id, "spanId": secrets.token_hex(8), "name": name, "kind": kind}
    span["startTimeUnixNano"] = str(time.time_ns())
    if parent:
        span["parentSpanId"] = parent["spanId"]
    return span


def end(span, attributes):
    span["endTimeUnixNano"] = str(time.time_ns())
    span["attributes"] = [attribute(key, value) for key, value in attributes.items()]
    spans.append(span)


def message(role, text, **more):
    return [{"role": role, "parts": [{"type": "text", "content": text}], **more}]


def chat(question, parent):
    request = {"model": "gpt-4o", "messages": [{"role": "user", "content": question}]}
    span = begin("chat gpt-4o", CLIENT, parent)
    reply = post(MODELS + "/chat/completions", os.environ["OPENAI_API_KEY"], request)
    [choice] = reply["choices"]
    answer, reason = choice["message"]["content"], choice["finish_reason"]
    end(
        span,
        {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": "openai",
            "gen_ai.request.model": request["model"],
            "gen_ai.response.model": reply["model"],
            "gen_ai.response.id": reply["id"],
            "gen_ai.response.finish_reasons": [reason],
            "gen_ai.usage.input_tokens": reply["usage"]["prompt_tokens"],
            "gen_ai.usage.output_tokens": reply["usage"]["completion_tokens"],
            "gen_ai.input.messages": json.dumps(message("user", question)),
            "gen_ai.output.messages": json.dumps(
                message("assistant", answer, finish_reason=reason)
            ),
        },
    )
    return answer


root = begin("answer", INTERNAL)
print(chat("How do I reset my password?", root))
end(root, {"question": "How do I reset my password?"})

resource = {"attributes": [attribute("service.name", "python-otlp")]}
scope_spans = [{"scope": {"name": "examples/python"}, "spans": spans}]
body = {"resourceSpans": [{"resource": resource, "scopeSpans": scope_spans}]}
refused = post(COLLECTOR, os.environ["CARROT_API_KEY"], body).get("partialSuccess", {})
print(len(spans), "spans were sent,", refused.get("rejectedSpans", 0), "refused.")
