// `npm run demo`: shows a running Incident Monitor at work. Two small services fail for real and report it with a scoped
// key; one failure needs a person; what that person approves arrives at a receiver that checks both signatures itself.
import { approveAndPublish, waitForReceipt } from "./demo/await-receipt.mjs";
import { closesWith, DemoError } from "./demo/closing.mjs";
import { helpText, parseCommandLine } from "./demo/command-line.mjs";
import { configureDemo } from "./demo/configure.mjs";
import { connect } from "./demo/connect.mjs";
import { sweepForSecrets } from "./demo/find-leaks.mjs";
import { plantedSecrets } from "./demo/planted-secrets.mjs";
import { startReceiver } from "./demo/receiver.mjs";
import { printDelivery, printReports, printReview, say } from "./demo/say.mjs";
import { runServices } from "./demo/services.mjs";

const closing = closesWith(process);
process.exit(await closing.run(() => main(process.argv.slice(2))));

async function main(argv) {
  const options = parseCommandLine(argv, process.env);
  if (options.help) {
    say(helpText());
    return 0;
  }
  const monitor = await connect(options);
  say(`Incident Monitor demo on ${monitor.url}`);

  say("\n1. Prepare");
  const receiver = await startReceiver({
    dataDir: options.dataDir,
    preferredUrl: await monitor.demoWebhookUrl(),
  });
  closing.onEnd(() => receiver.close());
  const set = await configureDemo(monitor, receiver);
  closing.onEnd(() => monitor.disableKey(set.keyId));

  say("\n2. Two services fail, for real");
  const secrets = plantedSecrets();
  const run = await runServices({ monitor, projectId: set.projectId, rawKey: set.rawKey, secrets });
  printReports(run);

  say("\n3. What came of it");
  const review = await printReview(monitor, run, set);
  await sweepForSecrets({ monitor, run, secrets, receiver });

  if (options.approve) {
    say("\n4. --approve: no person is asked; the admin token approves and publishes over the API");
    await approveAndPublish(monitor, review, set);
  } else {
    say(`\n4. Over to you: ${review.approvalDue ? "approve, then publish" : "publish"} this draft`);
    say(`   review   ${monitor.url}/drafts/${review.draftId}`);
    say(`   Nothing leaves until you say so. Waiting up to ${waitWords(options.waitMs)}; Ctrl-C leaves.`);
  }
  const delivered = await waitForReceipt({
    monitor,
    receiver,
    draftId: review.draftId,
    waitMs: options.waitMs,
    stopped: closing.stopped,
  });
  if (delivered === null) {
    say(`\nLeft. The draft still waits at ${monitor.url}/drafts/${review.draftId}`);
    return 0;
  }

  say("\n5. Delivered");
  printDelivery(monitor, delivered);
  await sweepForSecrets({ monitor, run, secrets, receiver, postId: delivered.post.post_id });
  if (!delivered.request.standardValid || !delivered.request.tandemValid)
    throw new DemoError("a signature did not verify");
  return 0;
}

function waitWords(waitMs) {
  return waitMs < 120_000 ? `${Math.round(waitMs / 1_000)} s` : `${Math.round(waitMs / 60_000)} minutes`;
}
