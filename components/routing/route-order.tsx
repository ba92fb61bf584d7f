"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { RouteFormProps } from "./route-form";

/** The place among the routes. Moving writes the priority, which may also be given as a number. */
export function RouteOrder({ route, place, count, onChange, onMove, errorAt }: RouteFormProps) {
  return (
    <Field
      label="Priority"
      note={`(tried ${place + 1} of ${count})`}
      help="The higher number is tried first."
      error={errorAt("priority")}
    >
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            type="number"
            step={1}
            min={-2147483647}
            max={2147483647}
            value={String(route.priority)}
            boxClassName="w-28"
            onChange={(event) => {
              const priority = Number.parseInt(event.target.value, 10);
              if (Number.isInteger(priority)) onChange({ ...route, priority });
            }}
          />
          <Button
            size="default"
            aria-disabled={place === 0 || undefined}
            onClick={() => place > 0 && onMove(place - 1)}
          >
            <ChevronUp aria-hidden />
            Earlier
          </Button>
          <Button
            size="default"
            aria-disabled={place === count - 1 || undefined}
            onClick={() => place < count - 1 && onMove(place + 1)}
          >
            <ChevronDown aria-hidden />
            Later
          </Button>
        </div>
      )}
    </Field>
  );
}
