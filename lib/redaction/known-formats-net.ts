import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";
import type { Span } from "./spans";

/**
 * secretlint as a second net under our own rules. It reads text those rules have already cleaned, so it is asked only
 * when a prefix it knows is still standing there: one call for a whole batch, and on ordinary traffic none.
 */
const stillSuspicious =
  /A3T[A-Z0-9]{13}|A(?:KIA|GPA|IDA|ROA|IPA|NPA|NVA|SIA)[A-Z0-9]{16}|gh[pousr]_\w{20}|github_pat_|xox[a-z]-|xapp-|hooks\.slack\.com\/services|_authToken=|npm_\w{20}|sk-(?:proj|svcacct|admin|ant)-|T3BlbkFJ|lin_api_|-----BEGIN[^-\n]{0,40}PRIVATE|SG\.\w|shp(?:pa|ca|at|ss)_|x-oauth-basic|ops_ey/;

const config = {
  rules: [
    {
      id: "@secretlint/secretlint-rule-preset-recommend",
      rule: creator,
      rules: [{ id: "@secretlint/secretlint-rule-aws", options: { enableIDScanRule: true } }],
    },
  ],
};

/** Findings we do not take, filtered here because 11.7 ignores `disabled` on a preset's rules. */
const unwantedRules = new Set([
  // Both would report the marker our own URL rule left between "://" and "@".
  "@secretlint/secretlint-rule-basicauth",
  "@secretlint/secretlint-rule-database-connection-string",
]);
/** An account number is an identifier; hiding it would damage ordinary reports. */
const unwantedMessages = new Set(["AWSAccountID"]);

export function needsSecondNet(text: string): boolean {
  return stillSuspicious.test(text);
}

export type NetResult = { ok: true; spans: Span[][] } | { ok: false };

const textBreak = "\n\n";

/** Spans per text. A failure of the net is a value too: the caller hides what it could not check. */
export async function castSecondNet(texts: readonly string[]): Promise<NetResult> {
  const starts: number[] = [];
  let joined = "";
  for (const text of texts) {
    starts.push(joined.length);
    joined += text + textBreak;
  }
  try {
    const result = await lintSource({
      source: {
        filePath: "report.txt",
        content: withoutDirectives(joined),
        contentType: "text",
        ext: ".txt",
      },
      options: { config, noPhysicFilePath: true },
    });
    const spans: Span[][] = texts.map(() => []);
    for (const { ruleId, messageId, range } of result.messages) {
      if (!unwantedRules.has(ruleId) && !unwantedMessages.has(messageId))
        addToTexts(range, texts, starts, spans);
    }
    return { ok: true, spans };
  } catch {
    return { ok: false };
  }
}

/** A reporter could switch the net off by writing "secretlint-disable". The length stays, so ranges still fit. */
function withoutDirectives(text: string): string {
  return text.replaceAll("secretlint-", "secretlint_");
}

function addToTexts(
  [from, to]: readonly [number, number],
  texts: readonly string[],
  starts: readonly number[],
  spans: Span[][],
): void {
  texts.forEach((text, index) => {
    const offset = starts[index] as number;
    const start = Math.max(0, from - offset);
    const end = Math.min(text.length, to - offset);
    if (end > start) (spans[index] as Span[]).push({ start, end, kind: "known_format" });
  });
}
