// Buckets at moto's server, looked into from outside.
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { motoKeys } from './moto.ts'

function clientOf(endpoint: string): S3Client {
  return new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials: motoKeys })
}

/** Makes a bucket. */
export async function makeBucket(endpoint: string, bucket: string): Promise<void> {
  await clientOf(endpoint).send(new CreateBucketCommand({ Bucket: bucket }))
}

/** Puts an object that is none of ours. */
export async function putObject(endpoint: string, bucket: string, name: string): Promise<void> {
  await clientOf(endpoint).send(new PutObjectCommand({ Bucket: bucket, Key: name, Body: 'x' }))
}

/** The names of all objects of a bucket. */
export async function objectsIn(endpoint: string, bucket: string): Promise<string[]> {
  const { Contents = [] } = await clientOf(endpoint).send(new ListObjectsV2Command({ Bucket: bucket }))
  return Contents.map(({ Key }) => Key!)
}
