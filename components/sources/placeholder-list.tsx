import { Button } from "@/components/ui/button";
import type { IssueTemplatePreviewWire } from "@/lib/contracts/issue-template";

type PlaceholderListProps = {
  placeholders: IssueTemplatePreviewWire["placeholders"];
  canInsert: boolean;
  /** Of the whole placeholder, braces included. */
  onInsert: (placeholder: string) => void;
};

/** What a template may name, with what stands there then; pressed, it is put where the caret is. */
export function PlaceholderList({ placeholders, canInsert, onInsert }: PlaceholderListProps) {
  const groups = [
    { title: "Sections, without a heading", rows: placeholders.filter((each) => each.is_section) },
    { title: "Everything, and single facts", rows: placeholders.filter((each) => !each.is_section) },
  ];
  return (
    <div className="flex flex-col gap-3">
      {groups.map(({ title, rows }) => (
        <section key={title} aria-label={title} className="flex flex-col gap-1">
          <h3 className="text-12 text-muted-foreground">{title}</h3>
          <ul className="flex flex-wrap gap-1">
            {rows.map(({ name, words }) => (
              <li key={name}>
                {canInsert ? (
                  <Button
                    size="xs"
                    className="touch:h-11 font-mono font-normal"
                    aria-label={`Put in ${name}: ${words}`}
                    title={words}
                    onClick={() => onInsert(`{{${name}}}`)}
                  >
                    {name}
                  </Button>
                ) : (
                  <code title={words} className="rounded-sm bg-muted px-1 text-12">
                    {name}
                  </code>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
