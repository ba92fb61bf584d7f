import fs from "node:fs";

/** Checks one portable receipt: with the key given, or with the one inside, which shows that it is whole and not who signed it. */
export function verifyReceiptFile(tool, file, trusted) {
  const { sha256, verifySignature } = tool;
  let text = "";
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(fs.readFileSync(file));
  } catch (error) {
    if (error.code !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
  }
  return tool.verifyReceipt(text, { sha256, verifySignature, trusted });
}

const marks = { proven: "ok  ", not_proven: "open", failed: "FAIL", not_checked: "-   " };

/** The result as a list, or as JSON. Answers the exit code. */
export function showReceipt(result, asJson) {
  if (asJson) console.log(JSON.stringify(result, null, 2));
  else {
    const list = result.checks.map(
      ({ code, status, words }) => `${marks[status]} ${code.padEnd(10)} ${words}`,
    );
    const all = result.checks.every(({ status }) => status === "proven");
    if (result.ok) {
      const limit = all ? "" : " What is open, the file cannot show.";
      const whose = result.trust === "given" ? "" : " Give a PUBLIC_KEY to show who signed it.";
      console.log(`Verified: this receipt is in the ledger ${result.origin}.${limit}${whose}`);
      console.log(list.join("\n"));
    } else {
      console.error(`NOT as signed (${result.problem.code}): ${result.problem.message}`);
      console.error(list.join("\n"));
    }
  }
  return result.ok ? 0 : 1;
}
