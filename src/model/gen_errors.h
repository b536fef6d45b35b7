#pragma once
enum api_error { API_VALIDATION };
