// A small shop with five real faults, which reports what it throws as any service would. Run by services.mjs.
import { createServer } from "node:net";
import { inspect } from "node:util";

const { DEMO_INTAKE_URL, DEMO_INTAKE_KEY, DEMO_PROJECT_ID, DEMO_RELEASE, DEMO_SECRETS } = process.env;
const secrets = JSON.parse(DEMO_SECRETS);

class CheckoutError extends Error {
  name = "CheckoutError";
}

const carts = new Map([["c-19", { id: "c-19" }]]);

function cartTotal(cartId) {
  return carts.get(cartId).items.reduce((total, item) => total + item.price, 0);
}

function formatPrice(amount, digits) {
  return amount.toFixed(digits);
}

function openOrders() {
  throw new Error(`connect orders database: host=db.internal user=shop password=${secrets.password} refused`);
}

function chargeCard(order) {
  try {
    openOrders();
  } catch (cause) {
    throw new CheckoutError(
      `charge of order ${order.id} on card ${order.card} failed; request had Authorization: Bearer ${secrets.bearer}`,
      { cause },
    );
  }
}

async function syncInventory() {
  const port = await closedPort();
  await fetch(`http://127.0.0.1:${port}/inventory`);
}

function readFeatureFlags() {
  return JSON.parse('{"new_checkout": true, }');
}

/** A port nobody listens on: one that was free a moment ago. */
function closedPort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const jobs = [
  { times: 3, component: "cart", event: "shop.cart.failed", risk: "medium", run: () => cartTotal("c-19") },
  {
    times: 1,
    component: "catalog",
    event: "shop.price.failed",
    risk: "low",
    run: () => formatPrice(9.5, 200),
  },
  {
    times: 2,
    component: "checkout",
    event: "shop.checkout.failed",
    risk: "critical",
    // Names its release, so that each demo opens a draft of its own; the others count up from run to run.
    fingerprint: `${DEMO_RELEASE}/checkout`,
    run: () => chargeCard({ id: 1042, card: secrets.card }),
  },
  { times: 2, component: "inventory", event: "shop.sync.failed", risk: "medium", run: syncInventory },
  { times: 1, component: "flags", event: "shop.config.failed", risk: "low", run: readFeatureFlags },
];

for (const job of jobs) {
  for (let time = 0; time < job.times; time++) {
    try {
      await job.run();
    } catch (error) {
      await report(error, job);
    }
  }
}

async function report(error, { component, event, risk, fingerprint }) {
  const response = await fetch(DEMO_INTAKE_URL, {
    method: "POST",
    headers: { "content-type": "application/json", "x-tandem-incident-monitor-intake-key": DEMO_INTAKE_KEY },
    body: JSON.stringify({
      project_id: DEMO_PROJECT_ID,
      report: {
        title: `${error.name}: ${error.message}`,
        detail: `The shop failed in ${component}.`,
        level: risk === "critical" ? "fatal" : "error",
        risk_level: risk,
        source: "demo-shop",
        process: `node ${process.version}`,
        component,
        event,
        fingerprint,
        excerpt: inspect(error).split("\n"),
        occurred_at_ms: Date.now(),
      },
    }),
    signal: AbortSignal.timeout(20_000),
  });
  const answer = await response.text();
  if (response.status !== 200) throw new Error(`the report was answered ${response.status}: ${answer}`);
  console.log(JSON.stringify({ error: error.name, component, risk, answer }));
}
