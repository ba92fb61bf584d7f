import { CircleCheck, CircleDashed, CircleQuestionMark, type LucideIcon, OctagonAlert } from "lucide-react";
import { Section } from "@/components/layout/section";
import { Alert } from "@/components/ui/alert";
import { cn } from "@/components/ui/cn";
import { type Tone, toneClass } from "@/components/ui/tone";
import type { BrowserResult } from "@/lib/queries/verify-receipt";
import { ProvenFacts } from "./proven-facts";

type Checked = Extract<BrowserResult, { state: "checked" }>["result"];
type Check = Checked["checks"][number];

const names: Record<Check["code"], string> = {
  form: "Form",
  key: "Key",
  checkpoint: "Checkpoint",
  entries: "Audit entries",
  statement: "What it says",
  outcome: "Outcome",
  approval: "Approval",
  payload: "Payload",
  attempts: "Attempts",
};
const marks: Record<Check["status"], { icon: LucideIcon; tone: Tone; word: string }> = {
  proven: { icon: CircleCheck, tone: "passed", word: "Proven" },
  not_proven: { icon: CircleQuestionMark, tone: "ambiguous", word: "Not shown" },
  failed: { icon: OctagonAlert, tone: "failed", word: "Wrong" },
  not_checked: { icon: CircleDashed, tone: "void", word: "Not looked at" },
};

/** What the check of one file came to: in a sentence, then point by point, with what it could not show. */
export function VerifyResult({ name, answer }: { name: string; answer: BrowserResult }) {
  if (answer.state === "key_unreadable") return null;
  if (answer.state === "no_ed25519")
    return (
      <Alert tone="waiting" title="This browser cannot check signatures here.">
        It has no Ed25519, or the page did not come over https. Open it in a current browser, or check {name}{" "}
        from the command line.
      </Alert>
    );
  const { result } = answer;
  return (
    <>
      <Verdict name={name} result={result} />
      {result.statement ? <ProvenFacts result={result} /> : null}
      <Section title="What was checked">
        <ul className="divide-y divide-border border-y border-border">
          {result.checks.map((check) => (
            <Row key={check.code} check={check} />
          ))}
        </ul>
      </Section>
    </>
  );
}

function Verdict({ name, result }: { name: string; result: Checked }) {
  if (result.problem)
    return (
      <Alert tone="failed" title={`${name} is not what was signed.`} className="wrap-anywhere">
        {result.problem.message}
      </Alert>
    );
  const open = result.checks.filter(({ status }) => status === "not_proven").length;
  const rest = open === 0 ? "" : ` ${open === 1 ? "One point" : `${open} points`} it cannot show, see below.`;
  return result.trust === "given" ? (
    <Alert tone="passed" title={`${name} is proven.`} className="wrap-anywhere">
      It is in the ledger {result.origin}, signed by the key you trust.{rest}
    </Alert>
  ) : (
    <Alert tone="waiting" title={`${name} is whole; who signed it is not shown.`} className="wrap-anywhere">
      It was verified against the key inside the file. Paste the ledger&apos;s public key to prove whose it
      is.{rest}
    </Alert>
  );
}

function Row({ check }: { check: Check }) {
  const { icon: Icon, tone, word } = marks[check.status];
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2 py-2 text-13 sm:grid-cols-[16px_112px_minmax(0,1fr)]">
      <Icon aria-hidden className={cn(toneClass(tone), "mt-0.5 size-4 text-tone")} />
      <span className="font-medium">
        {names[check.code]}
        <span className="ml-1.5 text-12 font-normal text-muted-foreground sm:ml-0 sm:block">{word}</span>
      </span>
      <span className="col-start-2 min-w-0 wrap-anywhere text-muted-foreground sm:col-start-3">
        {check.words}
      </span>
    </li>
  );
}
