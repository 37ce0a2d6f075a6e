/**
 * The parts of Phaser that the game uses, under their names in the package. In a build they take the package's place
 * (usedParts.ts), which is one file of all parts: physics, tile maps, tweens, sound, loaders and a second renderer.
 */

// First, as in Phaser's own list: the renderer's files require one another in circles, which work in this order only.
import "phaser/src/renderer/index.js";

import CONSTANTS from "phaser/src/const.js";
import Game from "phaser/src/core/Game.js";
import Core from "phaser/src/core/index.js";
import Particle from "phaser/src/gameobjects/particles/Particle.js";
import Wrap from "phaser/src/math/angle/Wrap.js";
import Clamp from "phaser/src/math/Clamp.js";
import BlendModes from "phaser/src/renderer/BlendModes.js";
import TintModes from "phaser/src/renderer/TintModes.js";
import Scale from "phaser/src/scale/index.js";
import Scene from "phaser/src/scene/Scene.js";

// What each scene consists of. Phaser leaves out the other plugins of its default list when they are not there.
import "phaser/src/cameras/2d/CameraManager.js";
import "phaser/src/events/EventEmitter.js";
import "phaser/src/gameobjects/DisplayList.js";
import "phaser/src/gameobjects/GameObjectCreator.js";
import "phaser/src/gameobjects/GameObjectFactory.js";
import "phaser/src/gameobjects/UpdateList.js";
import "phaser/src/scene/ScenePlugin.js";

// The methods of `scene.add`.
import "phaser/src/gameobjects/image/ImageFactory.js";
import "phaser/src/gameobjects/particles/ParticleEmitterFactory.js";
import "phaser/src/gameobjects/text/TextFactory.js";
import "phaser/src/gameobjects/tilesprite/TileSpriteFactory.js";

export default {
  ...CONSTANTS,
  BlendModes,
  Core,
  Game,
  GameObjects: { Particles: { Particle } },
  Math: { Angle: { Wrap }, Clamp },
  Scale,
  Scene,
  TintModes,
};
