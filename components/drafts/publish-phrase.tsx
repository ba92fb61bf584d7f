import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type PublishPhraseProps = {
  wanted: string;
  value: string;
  wrong: boolean;
  onChange: (value: string) => void;
  /** What it is typed for, where that is not publishing high risk. */
  label?: string;
};

/** High risk: the draft's short id is typed, so that nobody publishes the wrong one by habit. */
export function PublishPhrase({ wanted, value, wrong, onChange, label }: PublishPhraseProps) {
  return (
    <Field
      label={
        label ? (
          <>
            {label} <code className="rounded-[3px] bg-muted px-1">{wanted}</code>
          </>
        ) : (
          <>
            High risk: type <code className="rounded-[3px] bg-muted px-1">{wanted}</code>, this draft's id, to
            publish
          </>
        )
      }
      error={wrong ? `That is not ${wanted}.` : undefined}
      required
    >
      <Input
        mono
        autoFocus={label === undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
