"use client";

import { CodeBlock } from "@/components/layout/code-block";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { actionsSnippet, curlSnippet } from "./intake-snippets";

type KeySnippetsProps = { projectId: string; sourceId: string | undefined };

/** How to use the key, ready to paste. It is read from an environment variable in both. */
export function KeySnippets({ projectId, sourceId }: KeySnippetsProps) {
  const baseUrl = typeof location === "undefined" ? "" : location.origin;
  const snippets = [
    { id: "curl", label: "curl", text: curlSnippet({ baseUrl, projectId, sourceId }) },
    { id: "actions", label: "GitHub Actions", text: actionsSnippet({ baseUrl, projectId, sourceId }) },
  ];
  return (
    <Tabs defaultValue="curl">
      <TabsList>
        {snippets.map(({ id, label }) => (
          <TabsTrigger key={id} value={id}>
            {label}
          </TabsTrigger>
        ))}
      </TabsList>
      {snippets.map(({ id, label, text }) => (
        <TabsContent key={id} value={id} className="pt-3">
          <CodeBlock
            title={
              <>
                The key as <code>INCIDENT_MONITOR_KEY</code>
              </>
            }
            label={`${label} snippet`}
            copy={text}
            wrap={false}
          >
            {text}
          </CodeBlock>
        </TabsContent>
      ))}
    </Tabs>
  );
}
