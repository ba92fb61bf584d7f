import { plural } from "@/components/settings/words";
import type { BackfillTotal } from "./backfill-total";
import { byteWords, offsetWords } from "./byte-words";
import { PlanLines } from "./plan-lines";
import { rereadLines } from "./plan-words";
import { baseName } from "./wizard-paths";

type BackfillPlanProps = {
  total: BackfillTotal;
  step: "planned" | "reading" | "done";
  /** There is more than this first look read. */
  partial: boolean;
};

/** What a span of the past holds, file by file, and what becomes of it. */
export function BackfillPlan({ total, step, partial }: BackfillPlanProps) {
  return (
    <>
      <p className="font-medium">{headline(total, step, partial)}</p>
      <PlanLines lines={rereadLines(total)} />
      {total.untimed > 0 ? (
        <p className="text-12">
          {plural(total.untimed, "record has", "records have")} no time of their own and{" "}
          {total.untimed === 1 ? "is" : "are"} left out: nobody can say that they belong to this span.
        </p>
      ) : null}
      {total.files.length > 0 ? (
        <ul aria-label="Files" className="flex flex-col text-12">
          {total.files.map((file) => (
            <li key={file.path} className="flex flex-wrap justify-between gap-x-3 py-0.5">
              <span className="min-w-0 truncate font-mono" title={file.path}>
                {baseName(file.path)}
              </span>
              <span className="text-muted-foreground">
                {file.skipped ?? `${readWords(file)}, ${plural(file.candidates, "candidate")}`}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** A packed file holds more than its own size. */
function readWords({ path, bytes, size }: BackfillTotal["files"][number]): string {
  return path.endsWith(".gz") ? `${byteWords(bytes)} unpacked` : `${byteWords(bytes)} of ${byteWords(size)}`;
}

function headline(total: BackfillTotal, step: BackfillPlanProps["step"], partial: boolean): string {
  const candidates = plural(total.candidates, "candidate");
  if (step === "reading") return `${byteWords(total.bytes)} read, ${candidates} so far.`;
  if (step === "done") {
    return `${byteWords(total.bytes)} and ${offsetWords(total.lines)} lines read, ${candidates} found.`;
  }
  if (total.candidates === 0 && !partial) return "No failure in this span.";
  return `${partial ? "At least" : "About"} ${candidates} in ${byteWords(total.bytes)}; duplicates are merged.`;
}
