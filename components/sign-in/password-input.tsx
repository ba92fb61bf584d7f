"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { Input, type InputProps } from "@/components/ui/input";

/** A password field that can show what was typed. */
export function PasswordInput(props: Omit<InputProps, "type" | "trailing">) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Input
      {...props}
      type={shown ? "text" : "password"}
      trailing={
        <button
          type="button"
          onClick={() => setShown(!shown)}
          aria-label={shown ? "Hide password" : "Show password"}
          aria-pressed={shown}
          className="relative -mr-1 grid size-6 flex-none place-items-center rounded-sm text-muted-foreground after:absolute hover:text-foreground touch:after:-inset-2.5"
        >
          <Icon aria-hidden className="size-4" />
        </button>
      }
    />
  );
}
