import { BadRequestException, type PipeTransform } from "@nestjs/common";
import type { z } from "zod";

/** Reads a value by a schema, or answers 400 with every fault of it. */
export class ZodPipe<S extends z.ZodType> implements PipeTransform<unknown, z.infer<S>> {
  private readonly schema: S;

  constructor(schema: S) {
    this.schema = schema;
  }

  transform(value: unknown): z.infer<S> {
    const read = this.schema.safeParse(value);
    if (!read.success)
      throw new BadRequestException({ message: "The request is not valid", errors: read.error.issues });
    return read.data;
  }
}
