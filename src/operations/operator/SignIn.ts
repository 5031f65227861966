export { CreateSignInLink } from './CreateSignInLink.ts'
