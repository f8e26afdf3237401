# Footnote as a server for many visitors: docker build -t footnote . && docker run -p 7860:7860 -v footnote:/app/storage footnote
# For yourself alone, with one library that is kept: docker run -p 127.0.0.1:7860:7860 -v footnote:/app/storage footnote python app.py
FROM python:3.11-slim-bookworm

COPY packages.txt /tmp/
RUN apt-get update && xargs apt-get install -y --no-install-recommends < /tmp/packages.txt && rm -rf /var/lib/apt/lists/*

# What is built here runs on any processor with AVX2. PyTorch's build for processors saves 4 GB.
ENV HNSWLIB_NO_NATIVE=1 PYTHONUNBUFFERED=1
RUN useradd --create-home footnote
WORKDIR /app
COPY pre-requirements.txt requirements.txt ./
RUN pip install --no-cache-dir -r pre-requirements.txt \
    && pip install --no-cache-dir --index-url https://download.pytorch.org/whl/cpu torch==2.13.0 \
    && pip install --no-cache-dir -r requirements.txt

COPY --chown=footnote . .
RUN chown footnote /app /app/models /app/storage
USER footnote
RUN python -c "from rag_app.assembly import MODELS, prepare_models; list(prepare_models(MODELS))"

EXPOSE 7860
ENV GRADIO_SERVER_NAME=0.0.0.0
CMD ["python", "app.py", "--visitors"]
