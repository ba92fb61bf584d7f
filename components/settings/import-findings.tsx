import { Alert } from "@/components/ui/alert";
import type { ConfigIssue } from "@/lib/queries/config";
import { ChangeList } from "./change-list";
import { splitWarnings } from "./config-file";
import type { Change } from "./described";
import { IssueNotes } from "./issue-notes";
import { plural } from "./words";

type ImportFindingsProps = {
  changes: readonly Change[];
  words: string;
  /** The file says what is saved already. */
  nothing: boolean;
  errors: readonly ConfigIssue[];
  warnings: readonly ConfigIssue[];
  /** Paths this version does not know. */
  unknown: readonly string[];
  section: object;
};

const unknownShown = 12;

/** First what stops it, then what is missing or unknown here, then every change in words. */
export function ImportFindings(props: ImportFindingsProps) {
  const { changes, words, nothing, errors, warnings, unknown, section } = props;
  const { host, other } = splitWarnings(warnings);
  const left = unknown.length - unknownShown;
  return (
    <>
      <IssueNotes
        tone="failed"
        title="It cannot be imported as it is. Nothing was changed."
        issues={errors}
        section={section}
      />
      <IssueNotes
        tone="waiting"
        title="Missing on this host. It imports, and waits until this is there:"
        issues={host}
        section={section}
      />
      <IssueNotes
        tone="waiting"
        title="It imports, and does not work yet as it stands:"
        issues={other}
        section={section}
      />
      {unknown.length > 0 ? (
        <Alert tone="waiting" title={`${plural(unknown.length, "setting")} this version does not know:`}>
          <span className="break-all">{unknown.slice(0, unknownShown).join(", ")}</span>
          {left > 0 ? ` and ${left} more` : ""}. Left out.
        </Alert>
      ) : null}
      {nothing ? (
        <p role="status">This is what is saved here already: importing it would change nothing.</p>
      ) : null}
      {changes.length > 0 ? (
        <>
          <p role="status" className="text-muted-foreground">
            {words} against what is saved now:
          </p>
          <ChangeList changes={changes} />
        </>
      ) : null}
    </>
  );
}
