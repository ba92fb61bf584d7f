"use client";

import { useState } from "react";
import { Section } from "@/components/layout/section";
import { Button } from "@/components/ui/button";
import type { AccountWire } from "@/lib/contracts/account";
import { PasswordDialog } from "./password-dialog";
import { SettingLine } from "./setting-line";

export function PasswordSection({ account }: { account: AccountWire }) {
  const [open, setOpen] = useState(false);
  return (
    <Section title="Password">
      {account.has_password ? (
        <SettingLine actions={<Button onClick={() => setOpen(true)}>Change password</Button>}>
          <p>At least 12 characters, and nothing that anybody would try first.</p>
          <p className="text-12 text-muted-foreground">Changing it ends your other sessions.</p>
        </SettingLine>
      ) : (
        <p>
          This account has none: you sign in through {account.provider?.name ?? "a provider"}, which looks
          after your password.
        </p>
      )}
      {open ? <PasswordDialog account={account} onClose={() => setOpen(false)} /> : null}
    </Section>
  );
}
