// The names under which Amazon ran the API. Programs with a built-in endpoint are led here by a hosts entry, so
// a request may carry these names in Host [client 6].

/** The API's host in each environment. */
export const amazonHosts = Object.freeze({
  production: 'mturk-requester.us-east-1.amazonaws.com',
  sandbox: 'mturk-requester-sandbox.us-east-1.amazonaws.com',
})

/** Whether a `Host` header, port or not, is one of Amazon's API names. */
export function isAmazonHost(host: string | undefined): boolean {
  const name = host?.replace(/:\d+$/, '').toLowerCase()
  return name === amazonHosts.production || name === amazonHosts.sandbox
}
