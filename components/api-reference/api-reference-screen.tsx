"use client";

import { useState } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { useShell } from "@/components/layout/shell-context";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { openApiDocumentPath } from "@/lib/paths";
import { ApiExplorer } from "./api-explorer";

/** Every call of the API, from the document the server makes of it, and a way to try them on this server. */
export function ApiReferenceScreen() {
  const [token, setToken] = useState("");
  const role = useShell()?.user.role;
  return (
    <>
      <PageHeader title="API reference">
        <a href={openApiDocumentPath()} className="link text-12 max-sm:hidden">
          OpenAPI document
        </a>
      </PageHeader>
      <section
        aria-label="Trying calls"
        className="flex flex-none flex-wrap items-end gap-x-6 gap-y-2 border-b border-border px-4 py-3 md:px-6"
      >
        <Field label="Token to try calls with" note="(kept in this page only)" className="w-80 max-w-full">
          <Input
            type="password"
            autoComplete="off"
            data-1p-ignore
            data-lpignore="true"
            spellCheck={false}
            value={token}
            onChange={(event) => setToken(event.target.value.trim())}
            placeholder="Empty: your own session"
          />
        </Field>
        <p className="max-w-prose text-12 text-muted-foreground">
          Calls are real.{" "}
          {token
            ? "They go out with this token and without your session."
            : `They act as you${role ? `, with the role ${role}` : ""}.`}
        </p>
      </section>
      <ApiExplorer token={token} />
    </>
  );
}
