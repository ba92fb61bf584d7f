"use client";

import { Sheet, SheetContent, SheetDescription, SheetTitle } from "@/components/ui/sheet";
import { DisplayMenu } from "./display-menu";
import { MainNav, type MainNavProps } from "./main-nav";

type NavDrawerProps = Pick<MainNavProps, "user" | "counts" | "monitor" | "onSignOut"> & {
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** The navigation of a phone, with the display switches its top bar has no room for. */
export function NavDrawer({ open, onOpenChange, ...navigation }: NavDrawerProps) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange}>
      <SheetContent side="left" className="bg-sidebar">
        <SheetTitle className="sr-only">Menu</SheetTitle>
        <SheetDescription className="sr-only">
          The screens of Incident Monitor and your account
        </SheetDescription>
        <MainNav
          {...navigation}
          rail={false}
          onNavigate={() => onOpenChange(false)}
          tools={<DisplayMenu labelled className="w-full justify-start px-2" />}
          className="flex-1"
        />
      </SheetContent>
    </Sheet>
  );
}
