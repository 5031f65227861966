declare module 'aws4' {
  interface Request {
    service: string
    region: string
    host?: string
    method: string
    path: string
    headers: Record<string, string>
    body: string
  }
  const aws4: {
    sign(
      request: Request,
      credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
    ): { headers: Record<string, string> }
  }
  export default aws4
}
