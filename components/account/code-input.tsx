import { Input, type InputProps } from "@/components/ui/input";

type CodeInputProps = Omit<InputProps, "type" | "value" | "onChange"> & {
  value: string;
  onValueChange: (value: string) => void;
};

/** For a one-time code or a recovery code: what phones and password managers fill in by themselves. */
export function CodeInput({ value, onValueChange, ...props }: CodeInputProps) {
  return (
    <Input
      size="field"
      mono
      autoComplete="one-time-code"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      maxLength={64}
      {...props}
      value={value}
      onChange={(event) => onValueChange(event.target.value)}
    />
  );
}
