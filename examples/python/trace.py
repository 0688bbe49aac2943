"""A pipeline in Python, sent by the documented ingest request with nothing but the standard library.

`npm run example python`

A step is one JSON object, and names the step that it is a part of by `parent_id`. It is sent once, when
it has ended; what is sent again under the same id is merged.
"""

import json
import os
import time
import urllib.request
import uuid
from contextlib import contextmanager
from datetime import datetime, timezone

COLLECTOR = os.environ["CARROT_BASE_URL"] + "/v1/traces/ingest"
MODELS = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1")
records = []
open_steps = []


def post(url, key, body):
    headers = {"Content-Type": "application/json", "Authorization": "Bearer " + key}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


def now():
    return datetime.now(timezone.utc).isoformat()


@contextmanager
def step(name, **fields):
    record = {"id": str(uuid.uuid4()), "name": name, "tags": ["example"], **fields}
    record["started_at"] = now()
    if open_steps:
        record["parent_id"] = open_steps[-1]["id"]
    open_steps.append(record)
    try:
        yield record
        record["status"] = "success"
    except Exception as error:
        record["status"] = "error"
        record["output"] = str(error)
        raise
    finally:
        record["ended_at"] = now()
        records.append(open_steps.pop())


def chat(messages):
    request = {"model": "gpt-4o", "messages": messages}
    with step("chat gpt-4o", input=request) as record:
        begun = time.monotonic()
        reply = post(MODELS + "/chat/completions", os.environ["OPENAI_API_KEY"], request)
        record["output"] = {"message": reply["choices"][0]["message"]}
        record["metadata"] = {
            "model": reply["model"],
            "input_tokens": reply["usage"]["prompt_tokens"],
            "output_tokens": reply["usage"]["completion_tokens"],
            "latency_ms": round((time.monotonic() - begun) * 1000),
        }
        return reply["choices"][0]["message"]["content"]


def answer(question):
    with step("answer", input={"question": question}) as record:
        with step("search", input=question) as found:
            found["output"] = ["Settings > Security > Reset Password."]
        context = "\n".join(found["output"])
        record["output"] = chat(
            [
                {"role": "system", "content": "Context: " + context},
                {"role": "user", "content": question},
            ]
        )
        return record["output"]


print(answer("How do I reset my password?"))
receipt = post(COLLECTOR, os.environ["CARROT_API_KEY"], {"traces": records})
print(len(receipt["traces"]), "steps were taken,", len(receipt["errors"]), "refused.")
