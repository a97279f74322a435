import { Body, Controller, HttpCode, Inject, Post, UseGuards } from "@nestjs/common";
import { z } from "zod";
import { BookSession, type Booked } from "./BookSession.ts";
import { BookingsService } from "./BookingsService.ts";
import { type Caller, TheCaller, TheHeader } from "./Caller.ts";
import { JwtGuard } from "./JwtGuard.ts";
import { ZodPipe } from "./ZodPipe.ts";

const IdempotencyKey = z.string().min(1).max(255);

@Controller("v1/bookings")
@UseGuards(JwtGuard)
export class BookingsController {
  private readonly bookings: BookingsService;

  constructor(@Inject(BookingsService) bookings: BookingsService) {
    this.bookings = bookings;
  }

  @Post()
  @HttpCode(201)
  book(
    @TheCaller() caller: Caller,
    @TheHeader("idempotency-key", new ZodPipe(IdempotencyKey)) key: string,
    @Body(new ZodPipe(BookSession)) command: BookSession,
  ): Promise<Booked> {
    return this.bookings.book(caller, key, command);
  }
}
