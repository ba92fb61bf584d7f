"use client";

import { useQuery } from "@tanstack/react-query";
import { roleWord } from "@/components/access/access-words";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { Fact, Facts } from "@/components/layout/facts";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { Section } from "@/components/layout/section";
import type { AccountWire } from "@/lib/contracts/account";
import { api } from "@/lib/paths";
import { accountQuery } from "@/lib/queries/account";
import { useNames } from "@/lib/queries/names";
import { OwnSessions } from "./own-sessions";
import { PasswordSection } from "./password-section";
import { StepUpState } from "./step-up-state";
import { TotpSection } from "./totp-section";

/** A person's own account: how they prove who they are, and where they are signed in. */
export function AccountScreen() {
  const account = useQuery(accountQuery());
  return (
    <>
      <PageHeader title="Your account" />
      <PageBody>
        {account.data ? (
          <div className="flex max-w-180 flex-col gap-8">
            <Person account={account.data} />
            <PasswordSection account={account.data} />
            <TotpSection account={account.data} />
            <StepUpState untilMs={account.data.step_up_until_ms} />
            <OwnSessions />
          </div>
        ) : account.error ? (
          <QueryFailure
            error={account.error}
            what="Your account"
            onRetry={() => void account.refetch()}
            retrying={account.isFetching}
            className="p-0"
          />
        ) : (
          <LoadingRows what="your account" shape="form" count={4} className="max-w-180" />
        )}
      </PageBody>
      <HintBar hints={[{ keys: ["?"], label: "all keys" }]}>
        <CopyApiCall path={api.session()} />
      </HintBar>
    </>
  );
}

function Person({ account }: { account: AccountWire }) {
  const name = useNames();
  const projects = Object.entries(account.project_roles);
  return (
    <Section title="You">
      <Facts>
        <Fact term="Name">{account.name}</Fact>
        <Fact term="Email">{account.email}</Fact>
        <Fact term="Role">{account.role ? roleWord(account.role) : "on projects alone"}</Fact>
        {projects.length > 0 ? (
          <Fact term="On projects">
            {projects.map(([id, role]) => `${roleWord(role)} on ${name.project(id)}`).join(", ")}
          </Fact>
        ) : null}
        {account.provider ? (
          <Fact term="Provider">
            {account.provider.linked
              ? `You can sign in with ${account.provider.name}.`
              : `Not linked to ${account.provider.name} yet; continuing with it at sign-in links it.`}
          </Fact>
        ) : null}
      </Facts>
      <p className="text-12 text-muted-foreground">Name, email and roles are changed by an admin.</p>
    </Section>
  );
}
