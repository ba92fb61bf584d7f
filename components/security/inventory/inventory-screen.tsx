"use client";

import { PageHeader } from "@/components/layout/page-header";
import { useUrlSelection } from "@/components/settings/use-url-selection";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { EverythingTab } from "./everything-tab";
import { GraphTab } from "./graph-tab";
import { RegisteredTab } from "./registered-tab";

const tabs = [
  { id: "graph", label: "Who may publish where" },
  { id: "everything", label: "Everything" },
  { id: "registered", label: "Registered runtimes" },
] as const;

/** Who and what may act here: as a graph, as a table of everything, and what runtimes said of themselves. */
export function InventoryScreen({ view }: { view: string | null }) {
  const { selected, select } = useUrlSelection("view", view);
  const current = tabs.find(({ id }) => id === selected)?.id ?? "graph";
  return (
    <>
      <PageHeader crumbs={[{ label: "Security" }]} title="Authority inventory" />
      <Tabs
        value={current}
        onValueChange={(next) => select(next === "graph" ? null : next)}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabsList className="mx-0 flex-none overflow-x-auto px-4 md:px-6">
          {tabs.map(({ id, label }) => (
            <TabsTrigger key={id} value={id}>
              {label}
            </TabsTrigger>
          ))}
        </TabsList>
        <TabsContent value="graph" className="flex min-h-0 flex-1 flex-col">
          <GraphTab />
        </TabsContent>
        <TabsContent value="everything" className="flex min-h-0 flex-1 flex-col">
          <EverythingTab />
        </TabsContent>
        <TabsContent value="registered" className="flex min-h-0 flex-1 flex-col">
          <RegisteredTab />
        </TabsContent>
      </Tabs>
    </>
  );
}
