"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { Toaster } from "@/components/ui/sonner";
import { StyleNonceProvider } from "@/components/ui/style-nonce";
import { TooltipProvider } from "@/components/ui/tooltip";

/** What every screen, signed in or out, stands on: theme, CSP nonce for styles, tips, notices. */
export function AppProviders({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={nonce}
    >
      <StyleNonceProvider nonce={nonce}>
        <TooltipProvider>{children}</TooltipProvider>
        <Toaster />
      </StyleNonceProvider>
    </ThemeProvider>
  );
}
