"use client";

import { useQuery } from "@tanstack/react-query";
import { ForbiddenState } from "@/components/layout/forbidden-state";
import { PageHeader } from "@/components/layout/page-header";
import { useUrlSelection } from "@/components/settings/use-url-selection";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { sessionQuery, usePermission } from "@/lib/queries/session";
import { PeopleTab } from "./people-tab";
import { RolesTab } from "./roles-tab";
import { TokensTab } from "./tokens-tab";

const tabs = [
  { id: "people", label: "People" },
  { id: "tokens", label: "API tokens" },
  { id: "roles", label: "What roles may do" },
] as const;

type AccessScreenProps = { tab: string | null; user: string | null };

/** Who may do what: people with their roles and sessions, tokens, and the table that decides. */
export function AccessScreen({ tab, user }: AccessScreenProps) {
  const reads = usePermission("readAccess");
  const canManage = usePermission("manageAccess").allowed;
  const ownId = useQuery(sessionQuery()).data?.actor.id;
  const { selected, select } = useUrlSelection("tab", tab);
  const current = tabs.find(({ id }) => id === selected)?.id ?? "people";
  const refused = (
    <ForbiddenState title="People and tokens are for admins and auditors">
      Your role is {reads.allowed ? "unknown" : (reads.role ?? "on projects only")}. An admin can change it;
      what each role may do is on the next tab.
    </ForbiddenState>
  );
  const guarded = (screen: React.ReactNode) => (reads.allowed ? screen : reads.known ? refused : null);
  return (
    <>
      <PageHeader crumbs={[{ label: "Settings" }]} title="People and tokens" />
      <Tabs
        value={current}
        onValueChange={(next) => select(next === "people" ? null : next)}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabsList className="mx-0 flex-none overflow-x-auto px-4 md:px-6">
          {tabs.map(({ id, label }) => (
            <TabsTrigger key={id} value={id}>
              {label}
            </TabsTrigger>
          ))}
        </TabsList>
        <TabsContent value="people" className="flex min-h-0 flex-1 flex-col">
          {guarded(<PeopleTab initial={user} canManage={canManage} ownId={ownId} />)}
        </TabsContent>
        <TabsContent value="tokens" className="flex min-h-0 flex-1 flex-col">
          {guarded(<TokensTab canManage={canManage} />)}
        </TabsContent>
        <TabsContent value="roles" className="flex min-h-0 flex-1 flex-col">
          <RolesTab />
        </TabsContent>
      </Tabs>
    </>
  );
}
