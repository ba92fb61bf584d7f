"""A small billing run with three real faults, which reports what it raises as any service would. Run by services.mjs."""

import json
import os
import platform
import time
import traceback
import urllib.request

SECRETS = json.loads(os.environ["DEMO_SECRETS"])
ACCOUNTS = {"acc-7": {"plan": "team", "seats": "twelve", "months": 0}}


def plan_price(plan):
    prices = {"solo": 9, "pro": 29}
    return prices[plan]


def invoice(account_id):
    return plan_price(ACCOUNTS[account_id]["plan"])


def seats_of(account):
    def parse(text):
        return int(text)

    try:
        return parse(account["seats"])
    except ValueError as cause:
        ledger = f"host=ledger.internal user=billing password={SECRETS['password']}"
        raise ValueError(f"cannot book seats in the ledger ({ledger})") from cause


def settle(account):
    def per_month(total):
        return total / account["months"]

    return per_month(290)


JOBS = [
    (2, "invoices", "billing.invoice.failed", "medium", lambda: invoice("acc-7")),
    (1, "seats", "billing.seats.failed", "medium", lambda: seats_of(ACCOUNTS["acc-7"])),
    (1, "settlement", "billing.settlement.failed", "high", lambda: settle(ACCOUNTS["acc-7"])),
]


def report(error, component, event, risk):
    name = type(error).__name__
    body = {
        "project_id": os.environ["DEMO_PROJECT_ID"],
        "report": {
            "title": f"{name}: {error}",
            "detail": f"The billing run failed in {component}.",
            "level": "error",
            "risk_level": risk,
            "source": "demo-billing",
            "process": f"python {platform.python_version()}",
            "component": component,
            "event": event,
            "excerpt": traceback.format_exc().splitlines(),
            "occurred_at_ms": int(time.time() * 1000),
        },
    }
    request = urllib.request.Request(
        os.environ["DEMO_INTAKE_URL"],
        data=json.dumps(body).encode(),
        headers={
            "content-type": "application/json",
            "x-tandem-incident-monitor-intake-key": os.environ["DEMO_INTAKE_KEY"],
        },
    )
    # Straight to the monitor on this machine, whatever proxy the environment names.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=20) as response:
        answer = response.read().decode()
    print(json.dumps({"error": name, "component": component, "risk": risk, "answer": answer}), flush=True)


for times, component, event, risk, run in JOBS:
    for _ in range(times):
        try:
            run()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
            report(error, component, event, risk)
