import type { INodeProperties } from 'n8n-workflow';
import { binaryField, s3PathField } from '../../shared/fields';
import { s3Path } from '../../shared/values';
import { refiningText, type Question } from '../common';

const showOnlyForImage = { operation: ['image'] };
const showOnlyForBinary = { operation: ['image'], imageSource: ['binary'] };
const showOnlyForS3 = { operation: ['image'], imageSource: ['s3'] };

export const byImageFields: INodeProperties[] = [
	{
		displayName: 'Image Source',
		name: 'imageSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Binary File',
				value: 'binary',
				description: 'A picture in a binary field of the input item',
			},
			{ name: 'S3 Object', value: 's3', description: 'A picture in a bucket' },
		],
		default: 'binary',
		displayOptions: { show: showOnlyForImage },
	},
	binaryField(showOnlyForBinary),
	s3PathField(showOnlyForS3),
];

export const byImage: Question = async function (itemIndex) {
	const text = refiningText(this, itemIndex);
	if (this.getNodeParameter('imageSource', itemIndex, 'binary') === 's3') {
		return { text, image_path: s3Path(this.getNodeParameter('s3Path', itemIndex, '')) };
	}
	const field = this.getNodeParameter('binaryPropertyName', itemIndex, 'data') as string;
	this.helpers.assertBinaryData(itemIndex, field);
	const bytes = await this.helpers.getBinaryDataBuffer(itemIndex, field);
	return { text, image: bytes.toString('base64') };
};
