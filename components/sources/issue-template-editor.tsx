"use client";

import { useRef, useState } from "react";
import { Disclosure } from "@/components/drafts/disclosure";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { type IssueTemplatePreviewWire, issueTemplateTextMax } from "@/lib/contracts/issue-template";
import { PlaceholderList } from "./placeholder-list";

type IssueTemplateEditorProps = {
  text: string;
  canEdit: boolean;
  /** Of the preview: what may be named, and texts to start from. */
  answer: IssueTemplatePreviewWire | undefined;
  error: string | undefined;
  onChange: (text: string) => void;
};

/** The template's Markdown, texts to start from, and what it may name. */
export function IssueTemplateEditor({ text, canEdit, answer, error, onChange }: IssueTemplateEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  /** What a starting text took the place of. */
  const [replaced, setReplaced] = useState<string | null>(null);

  function put(next: string) {
    setReplaced(text);
    onChange(next);
    area.current?.focus();
  }
  /** Where the caret stands, or in place of what is chosen. */
  function insert(placeholder: string) {
    const field = area.current;
    if (!field) return;
    field.focus();
    field.setRangeText(placeholder, field.selectionStart, field.selectionEnd, "end");
    // So that React sees it as typed.
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const limit = answer?.limit ?? 0;
  return (
    <section aria-label="Editor" className="flex min-w-0 flex-col gap-4">
      <Field
        label="Template"
        note="(Markdown)"
        aside={
          limit > 0 ? (
            <span className={text.length > limit ? "font-medium text-destructive" : "text-muted-foreground"}>
              {text.length.toLocaleString("en")} of {limit.toLocaleString("en")}
            </span>
          ) : null
        }
        error={error}
        help="Empty: the repository's own form, else the built-in one. Where nothing is known of a section, it reads “None.”"
      >
        <Textarea
          ref={area}
          mono
          value={text}
          readOnly={!canEdit}
          maxLength={issueTemplateTextMax}
          placeholder={"## What happened\n\n{{what_happened}}\n\n{{logs}}"}
          spellCheck={false}
          className="relative max-h-[45dvh] min-h-60 overflow-y-auto"
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      {canEdit && answer ? (
        <fieldset aria-label="Start from" className="flex flex-wrap items-center gap-2">
          <span className="text-12 text-muted-foreground">Put in here:</span>
          <Button size="xs" className="touch:h-11" onClick={() => put(answer.built_in)}>
            The built-in form
          </Button>
          <Button
            size="xs"
            className="touch:h-11"
            disabled={!answer.repository}
            onClick={() => answer.repository && put(answer.repository.template)}
          >
            The repository's form
          </Button>
          {text ? (
            <Button size="xs" variant="ghost" className="touch:h-11" onClick={() => put("")}>
              Empty it
            </Button>
          ) : null}
          {replaced && replaced !== text ? (
            <Button
              size="xs"
              variant="ghost"
              className="touch:h-11"
              onClick={() => {
                onChange(replaced);
                setReplaced(null);
                area.current?.focus();
              }}
            >
              Put back what was there
            </Button>
          ) : null}
          <span className="w-full text-12 text-muted-foreground">
            {answer.repository
              ? `The repository has ${answer.repository.path}.`
              : "No form of the repository can be read here."}
          </span>
        </fieldset>
      ) : null}
      {answer ? (
        <PlaceholderList placeholders={answer.placeholders} canInsert={canEdit} onInsert={insert} />
      ) : null}
      <Disclosure open summary="What no template can change">
        <ul className="flex list-disc flex-col gap-1 pt-1 pl-8 text-12 text-muted-foreground">
          <li>Secrets stay hidden, also one that is written into the template.</li>
          <li>The evidence is listed, at the end if the template does not place it on a line of its own.</li>
          <li>The hidden last lines by which repeats are found are written.</li>
          <li>The body stays within 12,000 bytes: long parts are shortened first.</li>
          <li>Mentions, issue numbers, pictures, HTML and comments do nothing: they are shown as text.</li>
        </ul>
      </Disclosure>
    </section>
  );
}
