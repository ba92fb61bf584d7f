"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { logSourceHealthQuery } from "@/lib/queries/log-sources";
import { healthOf } from "./health-words";
import { LogSourceActions } from "./log-source-actions";
import { LogSourceForm, type LogSourceFormProps } from "./log-source-form";
import { LogSourceHealth } from "./log-source-health";
import { QuarantineList } from "./quarantine-list";

type LogSourceTabsProps = LogSourceFormProps & { canEdit: boolean; savedPath: string };

/** A log source that is saved: how it is doing, what it is set to, and what was set aside. */
export function LogSourceTabs({ canEdit, savedPath, ...form }: LogSourceTabsProps) {
  const [tab, setTab] = useState("health");
  const { source, project } = form;
  const id = { project_id: project.project_id, source_id: source.source_id };
  const rows = useQuery(logSourceHealthQuery()).data;
  const aside = healthOf(rows, id.project_id, id.source_id)?.open_quarantined;
  return (
    <Tabs value={tab} onValueChange={setTab}>
      <TabsList>
        <TabsTrigger value="health">Health</TabsTrigger>
        <TabsTrigger value="settings">Settings</TabsTrigger>
        <TabsTrigger value="aside">
          Set aside <span className="text-12 font-normal text-muted-foreground">{aside || null}</span>
        </TabsTrigger>
      </TabsList>
      <TabsContent value="health" className="flex flex-col gap-6 pt-4">
        <LogSourceHealth id={id} onShowAside={() => setTab("aside")} />
        <LogSourceActions id={id} path={savedPath} canEdit={canEdit} />
      </TabsContent>
      <TabsContent value="settings" className="pt-4">
        <fieldset disabled={!canEdit} className="flex min-w-0 flex-col gap-4">
          <LogSourceForm {...form} />
        </fieldset>
      </TabsContent>
      <TabsContent value="aside" className="pt-4">
        <QuarantineList id={id} canEdit={canEdit} />
      </TabsContent>
    </Tabs>
  );
}
