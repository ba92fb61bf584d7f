"use client";

import { FileCheck, WifiOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { FileDrop } from "@/components/layout/file-drop";
import { Mark } from "@/components/state/mark";
import { Alert } from "@/components/ui/alert";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { type BrowserResult, verifyReceiptInBrowser } from "@/lib/queries/verify-receipt";
import { VerifyResult } from "./verify-result";

type Given = { name: string; text: string };
type Found = { name: string; keyLine: string; answer: BrowserResult };

/** Checks a receipt here, in the browser: no request is made, so the page may be cut off from the network before a file is chosen. */
export function VerifyScreen() {
  const [given, setGiven] = useState<Given | null>(null);
  const [keyLine, setKeyLine] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [ready, setReady] = useState(false);
  const newest = useRef(0);
  // What the server sent looks finished before it takes a file.
  useEffect(() => setReady(true), []);

  useEffect(() => {
    if (!given) return;
    const turn = ++newest.current;
    void verifyReceiptInBrowser(given.text, keyLine).then((answer) => {
      if (turn === newest.current) setFound({ name: given.name, keyLine, answer });
    });
  }, [given, keyLine]);

  async function choose(file: File) {
    setRefused(null);
    setFound(null);
    setGiven(null);
    if (file.size > receiptBytesMax) return setRefused(`${file.name} is larger than any receipt is.`);
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
      setGiven({ name: file.name, text });
    } catch {
      setRefused(`${file.name} is not a text file: a receipt is JSON.`);
    }
  }

  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-180 flex-col gap-6 px-5 py-8 sm:px-8 md:py-12">
      <div className="flex items-center gap-2">
        <Mark size={24} />
        <span className="text-14 font-semibold">Incident Monitor</span>
      </div>
      <header className="flex flex-col gap-2">
        <h1 className="text-20 font-semibold">Verify a receipt</h1>
        <p className="text-14 text-muted-foreground">
          Was it published, on whose word, and is the record what it was? The file is read here, in your
          browser, and goes nowhere.
        </p>
        <p className="flex items-center gap-2 text-12 text-muted-foreground">
          <WifiOff aria-hidden className="size-3.5 flex-none" />
          This page makes no request: it works with the network switched off.
        </p>
      </header>
      <FileDrop
        Icon={FileCheck}
        label="Receipt"
        help="The file from “Download the receipt”. Drop it here, or choose it."
        disabled={!ready}
        onChoose={(file) => void choose(file)}
      />
      <Field
        label="Public key"
        note="(optional)"
        help="One line, from an audit export, the audit page, or “node scripts/audit.mjs keys”. Get it from somebody you trust, not with the file. Without it the file is checked against the key it brings along."
        error={
          found?.answer.state === "key_unreadable" && found.keyLine === keyLine
            ? "This is no public key of a ledger: paste its whole line."
            : undefined
        }
      >
        <Textarea
          mono
          rows={2}
          value={keyLine}
          spellCheck={false}
          autoComplete="off"
          placeholder="incident-monitor.ledger/…+1a2b3c4d+AQ…"
          onChange={(event) => setKeyLine(event.target.value)}
        />
      </Field>
      <div aria-live="polite" className="flex flex-col gap-4">
        {refused ? (
          <Alert tone="failed" title="Not checked." className="wrap-anywhere">
            {refused}
          </Alert>
        ) : null}
        {found ? <VerifyResult name={found.name} answer={found.answer} /> : null}
      </div>
      <p className="mt-auto pt-6 text-12 text-muted-foreground">
        The same check from the command line:{" "}
        <code className="font-mono break-words">node scripts/audit.mjs verify FILE KEY</code>
      </p>
    </main>
  );
}

/** One with a hundred approvals is a tenth of it. */
const receiptBytesMax = 4 * 1024 * 1024;
