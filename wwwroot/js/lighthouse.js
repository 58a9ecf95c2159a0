import './time.js';
import './keys.js';
import './taste-buttons.js';
import './connection.js';
