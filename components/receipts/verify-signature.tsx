"use client";

import { CodeBlock } from "@/components/layout/code-block";
import { Section } from "@/components/layout/section";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { type VerifyLanguage, verifySnippets } from "./verify-snippets";

const languages = Object.keys(verifySnippets) as VerifyLanguage[];

/** How the receiver proves that a delivery is ours and untouched. The secret stays a variable. */
export function VerifySignature() {
  return (
    <Section
      title="Verify the signature"
      aside={<span className="max-sm:hidden">HMAC-SHA256 over t, a dot, and the raw body</span>}
    >
      <Tabs defaultValue="node">
        <TabsList aria-label="Language">
          {languages.map((language) => (
            <TabsTrigger key={language} value={language}>
              {verifySnippets[language].label}
            </TabsTrigger>
          ))}
        </TabsList>
        {languages.map((language) => {
          const { label, file, code } = verifySnippets[language];
          return (
            <TabsContent key={language} value={language} className="pt-2">
              <CodeBlock
                title={<span className="font-mono">{file}</span>}
                label={`the ${label} check`}
                copy={code}
                wrap={false}
              >
                {code}
              </CodeBlock>
            </TabsContent>
          );
        })}
      </Tabs>
    </Section>
  );
}
