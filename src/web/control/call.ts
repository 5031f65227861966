// What the files of calls share with `control.ts`, which puts them together.
import type { Context, Hono } from 'hono'
import type { Fault } from '../../domain/fault.ts'
import type { Market } from '../../market.ts'
import type { Body } from './input.ts'

/** What a call answers: a JSON value, or a refusal. */
export type Answer = object | Fault

type Handler = (market: Market, body: Body, c: Context) => Promise<Answer> | Answer
type StreamHandler = (market: Market, c: Context) => Promise<Answer | Response>

export interface Control {
  publicURL(market: Market): string
  /** Whether mail about accounts may be read: demo mode. */
  keepsMail: boolean
  /** Wraps a call: access, body, market, refusals. */
  handle(handler: Handler): (c: Context) => Promise<Response>
  /** The same for a call whose body is a file, which the handler reads, or whose answer is one. */
  handleStream(handler: StreamHandler): (c: Context) => Promise<Response>
}

/** Adds the calls of one file. */
export type AddCalls = (app: Hono, control: Control) => void
