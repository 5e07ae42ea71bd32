/* A cuBLAS for tests: it multiplies in the host's memory, column by column, and remembers how it was called. */
#include <stddef.h>

enum { success = 0, invalid_value = 7 };

#ifndef VERSION
#define VERSION 130100
#endif

int handles = 0;
int math_mode = -1;
void *stream = NULL;

int cublasCreate_v2(void **handle)
{
    handles++;
    *handle = &handles;
    return success;
}

int cublasDestroy_v2(void *handle)
{
    handles--;
    return handle == &handles ? success : invalid_value;
}

int cublasGetVersion_v2(void *handle, int *version)
{
    *version = VERSION;
    return handle == &handles ? success : invalid_value;
}

int cublasSetStream_v2(void *handle, void *new_stream)
{
    stream = new_stream;
    return handle == &handles ? success : invalid_value;
}

int cublasSetMathMode(void *handle, int mode)
{
    math_mode = mode;
    return handle == &handles ? success : invalid_value;
}

static const float *element(const float *matrix, int leading, int transposed, int row, int column)
{
    return transposed ? &matrix[(size_t)row * leading + column] : &matrix[(size_t)column * leading + row];
}

int cublasSgemm_v2(
    void *handle, int transpose_left, int transpose_right, int rows, int columns, int depth, const float *alpha,
    const float *left, int left_leading, const float *right, int right_leading, const float *beta, float *product,
    int product_leading)
{
    if (handle != &handles || left_leading < (transpose_left ? depth : rows)
        || right_leading < (transpose_right ? columns : depth) || product_leading < rows)
        return invalid_value;
    for (int column = 0; column < columns; column++)
        for (int row = 0; row < rows; row++) {
            float sum = 0;
            for (int k = 0; k < depth; k++)
                sum += *element(left, left_leading, transpose_left, row, k)
                    * *element(right, right_leading, transpose_right, k, column);
            float *result = &product[(size_t)column * product_leading + row];
            *result = *alpha * sum + (*beta == 0 ? 0 : *beta * *result);
        }
    return success;
}
