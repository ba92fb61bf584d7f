import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { redactionTestTextMax } from "@/lib/contracts/redaction";

type TextToTryProps = {
  label: string;
  aside?: ReactNode;
  text: string;
  canTest: boolean;
  onChange: (text: string) => void;
};

/** A text that is tried against redaction: kept nowhere, not there and not in this tab. */
export function TextToTry({ label, aside, text, canTest, onChange }: TextToTryProps) {
  return (
    <Field
      label={label}
      aside={aside}
      help={
        canTest
          ? "Sent to this server, redacted there, and forgotten: neither stored nor logged."
          : "Trying it needs the admin role."
      }
    >
      <Textarea
        mono
        rows={4}
        value={text}
        disabled={!canTest}
        maxLength={redactionTestTextMax}
        placeholder="Paste a log line, a stack trace or a request here"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
