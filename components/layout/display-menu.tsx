"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTheme } from "next-themes";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { parseDensity } from "./density";
import { useDensity } from "./use-density";

type DisplayMenuProps = {
  className?: string;
  /** With its word, in the phone's drawer. */
  labelled?: boolean;
};

/** Theme and density, the two switches of how the screen looks. */
export function DisplayMenu({ className, labelled = false }: DisplayMenuProps) {
  const { theme, setTheme } = useTheme();
  const [density, setDensity] = useDensity();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size={labelled ? "default" : "icon-sm"}
          aria-label="Display: theme and density"
          title="Theme and density"
          className={className}
        >
          <SlidersHorizontal aria-hidden />
          {labelled ? "Display" : null}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align={labelled ? "start" : "end"}>
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme} onValueChange={setTheme}>
          <DropdownMenuRadioItem value="light">Light</DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="dark">Dark</DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="system">As the system</DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Rows</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={density} onValueChange={(value) => setDensity(parseDensity(value))}>
          <DropdownMenuRadioItem value="compact">Compact, 28</DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="default">Default, 36</DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="comfortable">Comfortable, 44</DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
