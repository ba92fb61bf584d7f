import { ErrorState } from "@/components/layout/error-state";
import { LoadingRows } from "@/components/layout/loading-rows";
import { IssueView } from "@/components/triage/issue-view";
import { templateWords } from "@/components/triage/triage-words";
import { Alert } from "@/components/ui/alert";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { DraftWire } from "@/lib/contracts/draft";
import type { IssueTemplatePreviewWire } from "@/lib/contracts/issue-template";
import { ApiError } from "@/lib/queries/api-error";

type IssueTemplatePreviewProps = {
  /** Id of the draft it is tried on, or `sample`. */
  basis: string;
  sample: string;
  drafts: readonly DraftWire[];
  answer: IssueTemplatePreviewWire | undefined;
  failure: Error | null;
  /** What is shown is of an earlier text. */
  stale: boolean;
  onBasis: (basis: string) => void;
  onRetry: () => void;
};

/** The issue as it would be written now: of a draft of the project, or of a made-up failure that says so. */
export function IssueTemplatePreview(props: IssueTemplatePreviewProps) {
  const { basis, sample, drafts, answer, failure, stale, onBasis, onRetry } = props;
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-col gap-3">
      <Field label="Try it on">
        {(control) => (
          <Select value={basis} onValueChange={onBasis}>
            <SelectTrigger {...control} className="w-full">
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {drafts.map((draft) => (
                <SelectItem
                  key={draft.draft_id}
                  value={draft.draft_id}
                  hint={draft.triage_run_id ? undefined : "not triaged yet"}
                >
                  {draft.title || draft.draft_id}
                </SelectItem>
              ))}
              <SelectItem value={sample} hint="nobody reported it">
                A sample
              </SelectItem>
            </SelectContent>
          </Select>
        )}
      </Field>
      <Shown
        answer={answer}
        failure={failure}
        stale={stale}
        onRetry={onRetry}
        hasDrafts={drafts.length > 0}
      />
    </section>
  );
}

type ShownProps = Pick<IssueTemplatePreviewProps, "answer" | "failure" | "stale" | "onRetry"> & {
  hasDrafts: boolean;
};

function Shown({ answer, failure, stale, onRetry, hasDrafts }: ShownProps) {
  if (failure) {
    return (
      <ErrorState
        what="The preview could not be made."
        why={failure instanceof ApiError ? `${failure.problem.error}.` : "The server did not answer."}
        requestId={failure instanceof ApiError ? failure.problem.request_id : undefined}
        onRetry={onRetry}
      />
    );
  }
  if (!answer) return <LoadingRows what="the preview" count={3} />;
  if (!answer.preview) {
    return (
      <Alert tone="waiting" title="This template cannot be used yet.">
        The issue shows again once what is wrong with it is put right.
      </Alert>
    );
  }
  const { preview } = answer;
  return (
    <div className={cn("flex min-w-0 flex-col gap-2", stale && "stale")}>
      <p className="text-12 text-muted-foreground">
        {basisWords(preview.basis, hasDrafts)} {templateWords(preview.template_source)}
      </p>
      <IssueView title={preview.title} body={preview.body} className="lg:max-h-[60dvh]" />
    </div>
  );
}

type Basis = NonNullable<IssueTemplatePreviewWire["preview"]>["basis"];

function basisWords(basis: Basis, hasDrafts: boolean): string {
  if (basis === "triage") return "With what triage found.";
  if (basis === "report") return "Not triaged yet: with its report alone, triage adds the rest.";
  return hasDrafts ? "A sample, made up." : "A sample, made up: there is no draft of this project yet.";
}
