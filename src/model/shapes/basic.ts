// The shapes without members that every other shape is built from [wire 3.5]. The Plain… ones carry no
// constraint in the model: their limits are business rules, answered with another error [hits 4].
import { boolean, integer, list, long, string, timestamp } from '../shape.ts'

export const PlainString = string('String')
export const PlainInteger = integer('Integer')
export const PlainLong = long('Long')
export const PlainBoolean = boolean('Boolean')
export const Timestamp = timestamp('Timestamp')

export const StringList = list('StringList', PlainString)
export const IntegerList = list('IntegerList', PlainInteger)

/** Ids of everything but people [hits 3]. */
export const EntityId = string('EntityId', { minimumLength: 1, maximumLength: 64, pattern: '^[A-Z0-9]+$' })

/** Worker ids [hits 3]. */
export const CustomerId = string('CustomerId', {
  minimumLength: 1,
  maximumLength: 64,
  pattern: '^A[A-Z0-9]+$',
})
export const CustomerIdList = list('CustomerIdList', CustomerId)

/** US dollars as text, with at most two decimals [hits 4.1]. */
export const CurrencyAmount = string('CurrencyAmount', { pattern: '^[0-9]+(\\.)?[0-9]{0,2}$' })

/** UniqueRequestToken [hits 3]. */
export const IdempotencyToken = string('IdempotencyToken', { minimumLength: 1, maximumLength: 64 })

/** NextToken [wire 2.3]. */
export const PaginationToken = string('PaginationToken', { minimumLength: 1, maximumLength: 255 })

/** MaxResults. */
export const ResultSize = integer('ResultSize', { minimum: 1, maximum: 100 })

/** A country or a subdivision of one, two letters. */
export const CountryParameters = string('CountryParameters', { minimumLength: 2, maximumLength: 2 })
