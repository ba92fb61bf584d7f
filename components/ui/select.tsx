"use client";

import { Check, ChevronDown, ChevronUp } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { menuItemClass, menuMotion, surfaceClass } from "./overlay-motion";
import { useStyleNonce } from "./style-nonce";

export function Select(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root {...props} />;
}

export function SelectGroup(props: ComponentProps<typeof Primitive.Group>) {
  return <Primitive.Group data-slot="select-group" {...props} />;
}

/** Give it the chosen option's words where the server draws it too: radix knows them only once its list was built in the browser. */
export function SelectValue(props: ComponentProps<typeof Primitive.Value>) {
  return <Primitive.Value data-slot="select-value" {...props} />;
}

type TriggerProps = ComponentProps<typeof Primitive.Trigger> & {
  size?: "xs" | "sm" | "default";
  quiet?: boolean;
};

const triggerSizes = {
  xs: "h-6 px-2 text-12 rounded-[5px]",
  sm: "h-7 px-2 text-[12.5px]",
  default: "h-8 px-2.5 text-13 touch:h-11 touch:text-16",
};

export function SelectTrigger({ className, size = "default", quiet, children, ...props }: TriggerProps) {
  return (
    <Primitive.Trigger
      data-slot="select-trigger"
      className={cn(
        "flex w-full min-w-0 items-center justify-between gap-2 rounded-md border border-input bg-card text-left whitespace-nowrap",
        "focus-visible:outline-offset-1 aria-invalid:border-destructive data-[placeholder]:text-muted-foreground",
        "disabled:cursor-not-allowed disabled:border-border disabled:bg-muted disabled:text-muted-foreground [&>span]:truncate",
        triggerSizes[size],
        quiet && "w-fit border-border-strong font-medium",
        className,
      )}
      {...props}
    >
      {children}
      <Primitive.Icon asChild>
        <ChevronDown aria-hidden className="size-3.5 text-muted-foreground" />
      </Primitive.Icon>
    </Primitive.Trigger>
  );
}

export function SelectContent({ className, children, ...props }: ComponentProps<typeof Primitive.Content>) {
  const nonce = useStyleNonce();
  return (
    <Primitive.Portal>
      <Primitive.Content
        data-slot="select-content"
        position="popper"
        sideOffset={4}
        className={cn(
          surfaceClass,
          menuMotion,
          "max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden",
          className,
        )}
        {...props}
      >
        <Primitive.ScrollUpButton className="grid h-6 place-items-center">
          <ChevronUp aria-hidden className="size-3.5" />
        </Primitive.ScrollUpButton>
        <Primitive.Viewport nonce={nonce} className="p-1">
          {children}
        </Primitive.Viewport>
        <Primitive.ScrollDownButton className="grid h-6 place-items-center">
          <ChevronDown aria-hidden className="size-3.5" />
        </Primitive.ScrollDownButton>
      </Primitive.Content>
    </Primitive.Portal>
  );
}

type ItemProps = ComponentProps<typeof Primitive.Item> & { hint?: string };

export function SelectItem({ className, hint, children, ...props }: ItemProps) {
  return (
    <Primitive.Item data-slot="select-item" className={cn(menuItemClass, "pr-7", className)} {...props}>
      <span className="min-w-0">
        <Primitive.ItemText>{children}</Primitive.ItemText>
        {hint ? <span className="block text-12 text-muted-foreground">{hint}</span> : null}
      </span>
      <Primitive.ItemIndicator className="absolute right-2">
        <Check aria-hidden className="size-3.5" />
      </Primitive.ItemIndicator>
    </Primitive.Item>
  );
}

export function SelectLabel({ className, ...props }: ComponentProps<typeof Primitive.Label>) {
  return (
    <Primitive.Label className={cn("px-2 pt-1.5 pb-1 text-11 text-muted-foreground", className)} {...props} />
  );
}

export function SelectSeparator({ className, ...props }: ComponentProps<typeof Primitive.Separator>) {
  return <Primitive.Separator className={cn("-mx-1 my-1 h-px bg-border", className)} {...props} />;
}
