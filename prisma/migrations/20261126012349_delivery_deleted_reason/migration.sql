-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "deleted_reason" TEXT;
